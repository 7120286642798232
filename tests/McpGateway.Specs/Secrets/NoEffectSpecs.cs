using McpGateway.Specs.OAuth;

namespace McpGateway.Specs.Secrets;

/// <summary>A setting that another one, or the lack of one, leaves without effect is told at start: its operator relies on it.</summary>
public sealed class NoEffectSpecs
{
    private const string Login =
        $"OPERATOR_SECRET={OAuthGateway.Secret} PUBLIC_URL={OAuthGateway.Url} MCP_BEARER_TOKEN={SpecService.Token}";
    private const string ConsoleAlone = $"OPERATOR_SECRET={OAuthGateway.Secret}";

    [Theory]
    [InlineData("OAUTH_REDIRECT_HOSTS=n8n.example.org", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_ACCESS_MINUTES=5", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_REFRESH_DAYS=5", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_REUSE_MINUTES=5", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_STORE=table", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_STORAGE_ACCOUNT=spec", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_STORAGE_CONNECTION=spec", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_KEY_CERTIFICATE=bm8=", "", "OPERATOR_SECRET is not set")]
    [InlineData("OAUTH_REDIRECT_HOSTS=n8n.example.org", ConsoleAlone, "PUBLIC_URL is not set")]
    [InlineData("OAUTH_ACCESS_MINUTES=5", ConsoleAlone, "PUBLIC_URL is not set")]
    [InlineData("OAUTH_REFRESH_DAYS=5", ConsoleAlone, "PUBLIC_URL is not set")]
    [InlineData("OAUTH_REUSE_MINUTES=5", ConsoleAlone, "PUBLIC_URL is not set")]
    [InlineData("OAUTH_STORAGE_ACCOUNT=spec", ConsoleAlone, "OAUTH_STORE=table is not set")]
    [InlineData("OAUTH_STORAGE_ACCOUNT=spec", Login, "OAUTH_STORE=table is not set")]
    [InlineData("OAUTH_STORAGE_CONNECTION=spec", $"{Login} OAUTH_STORE=file", "OAUTH_STORE=table is not set")]
    [InlineData("ACTIVITY_MB=50", "ACTIVITY_DAYS=0", "ACTIVITY_DAYS=0 keeps nothing")]
    [InlineData("CONFIRM_DESTRUCTIVE=always", "READ_ONLY=true", "READ_ONLY=true leaves no tool")]
    [InlineData("ALLOW_ANONYMOUS=true", $"MCP_BEARER_TOKEN={SpecService.Token}", "nobody gets in without a token")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=api-key=none", "", "nothing is exported without OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318", "", "nothing is exported without OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task A_setting_without_effect_is_named_at_start_with_the_reason(string setting, string others, string reason)
    {
        var name = setting[..setting.IndexOf('=', StringComparison.Ordinal)];
        Assert.Contains(
            await WarningsAsync($"{setting} {others}"),
            line => line.Contains($"{name} has no effect: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData($"{Login} OAUTH_REDIRECT_HOSTS=n8n.example.org OAUTH_ACCESS_MINUTES=5 OAUTH_REFRESH_DAYS=5 OAUTH_REUSE_MINUTES=5")]
    [InlineData("ACTIVITY_MB=50 ACTIVITY_DAYS=2 CONFIRM_DESTRUCTIVE=always")]
    [InlineData("OAUTH_REDIRECT_HOSTS= OTEL_EXPORTER_OTLP_HEADERS= READ_ONLY=true")]
    public async Task A_setting_with_effect_and_an_empty_one_are_no_reason_for_a_warning(string settings) =>
        Assert.DoesNotContain(await WarningsAsync(settings), line => line.Contains("no effect", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> WarningsAsync(string settings)
    {
        await using var gateway = await SpecService.StartAsync([
            .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => (s.Split('=')[0], s.Split('=', 2)[1])),
        ]);
        return [.. gateway.Logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))];
    }
}
