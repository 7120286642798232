using System.Net;
using McpGateway.Secrets;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Rights;

/// <summary>Who gets in before a token was made at run time, after it, and after a restart: whatever was open is closed by the first.</summary>
public sealed class DoorSpecs : IDisposable
{
    private const string Upstream = "the-upstream-token-1";
    private const string Public = "PUBLIC_URL=https://spec.example.com";
    private const string Key = $"SPEC_API_TOKEN={Upstream}";
    private const string Static = $"MCP_BEARER_TOKEN={SpecService.Token}";
    private const string Anonymous = "ALLOW_ANONYMOUS=true";
    private const string Login = "OPERATOR_SECRET=Zq7-operator-secret-0412";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly string data = TemporaryFolder.Create("door-spec-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData("", "nobody upstream static", "made", "")]
    [InlineData(Anonymous, "nobody upstream static", "made", "ALLOW_ANONYMOUS has no effect")]
    [InlineData($"{Public} {Anonymous}", "nobody upstream static", "made", "ALLOW_ANONYMOUS has no effect")]
    [InlineData(Public, null, "made", "")]
    [InlineData(Key, "upstream", "made", "SPEC_API_TOKEN is not accepted from callers")]
    [InlineData($"{Public} {Key}", "upstream", "made", "SPEC_API_TOKEN is not accepted from callers")]
    [InlineData($"{Key} {Anonymous}", "nobody upstream static", "made", "ALLOW_ANONYMOUS has no effect")]
    [InlineData(Static, "static", "static made", "")]
    [InlineData($"{Static} {Anonymous}", "static", "static made", "ALLOW_ANONYMOUS has no effect")]
    [InlineData($"{Public} {Static} {Key}", "static", "static made", "")]
    [InlineData($"{Public} {Login}", "", "made", "")]
    [InlineData($"{Public} {Login} {Static}", "static", "static made", "")]
    [InlineData($"{Public} {Login} {Key}", "upstream", "made", "SPEC_API_TOKEN is not accepted from callers")]
    public async Task The_first_made_token_closes_what_was_open_within_a_second_and_for_good(
        string settings,
        string? before,
        string after,
        string toldAtStart
    )
    {
        string made;
        if (before is null)
        {
            await Assert.ThrowsAsync<SettingException>(() => StartAsync(settings));
            made = await MakeAsync(settings);
        }
        else
        {
            await using var gateway = await StartAsync(settings);
            Assert.Equal(before, await WhoGetsInAsync(gateway, "not-made-yet-0123"));
            made = await MakeAsync(settings);
            Assert.Equal(after, await WhoGetsInAsync(gateway, made));
            Assert.Equal(before is not ("" or "static"), Told(gateway, "A token was made: from now on"));
        }

        await using (var restarted = await StartAsync(settings))
        {
            Assert.Equal(after, await WhoGetsInAsync(restarted, made));
            Assert.True(Told(restarted, toldAtStart) || toldAtStart == "", restarted.Logs.Lines.LastOrDefault());
        }

        await RightsService.RunTokenAsync(data, ["end", "n8n"]);
        await using var ended = await StartAsync(settings);
        Assert.Equal(after.Replace("made", "", StringComparison.Ordinal).Trim(), await WhoGetsInAsync(ended, made));
    }

    [Fact]
    public async Task A_state_that_vanishes_before_the_first_call_opens_nothing()
    {
        await MakeAsync("");
        await using var gateway = await StartAsync(Public);
        foreach (var file in Directory.GetFiles(data, "state.db*"))
        {
            File.Delete(file);
        }

        Assert.Equal("", await WhoGetsInAsync(gateway, "not-made-0123456789"));
    }

    private Task<Gateway> StartAsync(string settings) =>
        RightsService.StartAsync(SpecService.WithUpstream, new(), time, [("DATA_PATH", data), .. Pairs(settings)]);

    private async Task<string> MakeAsync(string settings)
    {
        var (code, output, errors) = await RightsService.RunTokenAsync(data, ["add", "n8n"], Pairs(settings));
        Assert.True(code == 0, errors);
        // What another process did is seen within it.
        time.Advance(TimeSpan.FromSeconds(1));
        return output.Trim();
    }

    private static (string, string)[] Pairs(string settings) =>
        [.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => (s.Split('=')[0], s.Split('=', 2)[1]))];

    private static bool Told(Gateway gateway, string warning) =>
        gateway.Logs.Lines.Any(line =>
            line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(warning, StringComparison.Ordinal)
        );

    private static async Task<string> WhoGetsInAsync(Gateway gateway, string made)
    {
        var entered = new List<string>();
        foreach (var (who, token) in new[] { ("nobody", null), ("upstream", Upstream), ("static", SpecService.Token), ("made", made) })
        {
            using var response = await gateway.PostAsync(SpecService.Call("search_books"), token);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized, $"{response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.OK && made.StartsWith("mcp_", StringComparison.Ordinal) | who != "made")
            {
                entered.Add(who);
            }
        }

        return string.Join(' ', entered);
    }
}
