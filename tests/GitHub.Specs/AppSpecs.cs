using System.Security.Cryptography;
using System.Text.Json;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GitHub.Specs;

/// <summary>The gateway works as a GitHub App.</summary>
public sealed class AppSpecs
{
    private const string TokenRequest = "POST /app/installations/77/access_tokens";
    private const string User = """{"login":"octo-app[bot]","id":1}""";

    private static readonly RSA Key = RSA.Create(2048);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_app_signs_with_its_key_and_calls_carry_the_installations_token(bool pkcs1)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StartAsync(time, pkcs1 ? Key.ExportRSAPrivateKeyPem() : Key.ExportPkcs8PrivateKeyPem());
        github.On(TokenRequest, TokenOf(time, "ghs_first"), 201).On("GET /user", User);
        await github.ReadAsync("get_me");
        Assert.Equal("Bearer ghs_first", github.Upstream.Received[1].Headers["Authorization"]);

        var jwt = github.Upstream.Received[0].Headers["Authorization"]["Bearer ".Length..];
        var checkedJwt = await new JsonWebTokenHandler().ValidateTokenAsync(
            jwt,
            new()
            {
                IssuerSigningKey = new RsaSecurityKey(Key),
                ValidIssuer = "12345",
                ValidateAudience = false,
                ValidAlgorithms = ["RS256"],
                ValidateLifetime = false,
            }
        );
        Assert.True(checkedJwt.IsValid, checkedJwt.Exception?.Message);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(now - 60, Convert.ToInt64(checkedJwt.Claims["iat"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(Convert.ToInt64(checkedJwt.Claims["exp"], System.Globalization.CultureInfo.InvariantCulture), now + 60, now + 600);
    }

    [Fact]
    public async Task The_token_is_kept_until_shortly_before_it_expires()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StartAsync(time);
        github
            .On(TokenRequest, TokenOf(time, "ghs_first"), 201)
            .On(TokenRequest, TokenOf(time, "ghs_second", hours: 2), 201)
            .On("GET /user", User);
        await github.ReadAsync("get_me");
        time.Advance(TimeSpan.FromMinutes(50));
        await github.ReadAsync("get_me");
        time.Advance(TimeSpan.FromMinutes(6));
        await github.ReadAsync("get_me");
        Assert.Equal(["Bearer ghs_first", "Bearer ghs_first", "Bearer ghs_second"], UserCalls(github));
    }

    [Fact]
    public async Task Twenty_calls_at_once_ask_for_one_token()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StartAsync(time);
        github.On(TokenRequest, TokenOf(time, "ghs_first"), 201).On("GET /user", User);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => github.ReadAsync("get_me")));
        Assert.Single(github.Requests, request => request == TokenRequest);
        Assert.Equal(20, UserCalls(github).Count(header => header == "Bearer ghs_first"));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once_for_all_calls()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StartAsync(time);
        github.On(TokenRequest, TokenOf(time, "ghs_revoked"), 201).On(TokenRequest, TokenOf(time, "ghs_fresh"), 201);
        github.Upstream.On(
            "GET /api/v3/user",
            context =>
            {
                var isFresh = context.Request.Headers.Authorization.ToString().EndsWith("ghs_fresh", StringComparison.Ordinal);
                context.Response.StatusCode = isFresh ? 200 : 401;
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(isFresh ? User : """{"message":"Bad credentials"}""");
            }
        );
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => github.ReadAsync("get_me")));
        Assert.Equal(2, github.Requests.Count(request => request == TokenRequest));
    }

    [Theory]
    [InlineData(401, "A JSON web token could not be decoded", "do not belong together")]
    [InlineData(404, "Not Found", "check GITHUB_APP_INSTALLATION_ID")]
    [InlineData(403, "This installation has been suspended", "installation is suspended")]
    public async Task What_keeps_the_app_from_a_token_is_said_without_the_key(int status, string said, string advice)
    {
        await using var github = await StartAsync(TimeProvider.System);
        github.On(TokenRequest, $$"""{"message":"{{said}}"}""", status);
        var message = await github.FailAsync("get_me");
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        var jwt = github.Upstream.Received[0].Headers["Authorization"]["Bearer ".Length..];
        var everything = message + string.Join('\n', github.Gateway.Logs.Lines) + string.Join('\n', await github.Gateway.ReadAuditAsync());
        Assert.DoesNotContain(jwt, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Key.ExportPkcs8PrivateKeyPem()[40..90], everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_may_come_from_a_file_and_in_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Key.ExportPkcs8PrivateKeyPem() + "\n", TestContext.Current.CancellationToken);
            await using var fromFile = await StubbedGitHub.StartAsync([.. Settings(null), ("GITHUB_APP_PRIVATE_KEY_FILE", file)]);
            fromFile.On(TokenRequest, TokenOf(TimeProvider.System, "ghs_1"), 201).On("GET /user", User);
            await fromFile.ReadAsync("get_me");
            await using var oneLine = await StartAsync(TimeProvider.System, Key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n"));
            oneLine.On(TokenRequest, TokenOf(TimeProvider.System, "ghs_1"), 201).On("GET /user", User);
            await oneLine.ReadAsync("get_me");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_gateway_is_ready_with_an_app_or_a_token_and_not_with_neither()
    {
        await using var app = await StartAsync(TimeProvider.System);
        await using var token = await StubbedGitHub.StartAsync();
        await using var neither = await StubbedGitHub.StartAsync(("GITHUB_TOKEN", null));
        Assert.Equal(200, await ReadyAsync(app));
        Assert.Equal(200, await ReadyAsync(token));
        Assert.Equal(503, await ReadyAsync(neither));
        Assert.Empty(app.Requests);
    }

    [Theory]
    [InlineData("GITHUB_TOKEN", "ghp_1234567890", "are both set: keep one")]
    [InlineData("GITHUB_APP_ID", null, "GITHUB_APP_ID is missing")]
    [InlineData("GITHUB_APP_ID", "a b", "neither an App id nor a client id")]
    [InlineData("GITHUB_APP_INSTALLATION_ID", null, "GITHUB_APP_INSTALLATION_ID is missing")]
    [InlineData("GITHUB_APP_INSTALLATION_ID", "octo", "is not a number that fits")]
    [InlineData("GITHUB_APP_INSTALLATION_ID", "-1", "is not an installation id")]
    [InlineData("GITHUB_APP_PRIVATE_KEY", null, "GITHUB_APP_PRIVATE_KEY_FILE is missing")]
    [InlineData("GITHUB_APP_PRIVATE_KEY", "spec-secret-not-a-key", "holds no RSA private key")]
    [InlineData(
        "GITHUB_APP_PRIVATE_KEY",
        "-----BEGIN PRIVATE KEY-----\nc3BlYy1zZWNyZXQ=\n-----END PRIVATE KEY-----",
        "holds no RSA private key"
    )]
    [InlineData("GITHUB_APP_PRIVATE_KEY_FILE", "/nowhere/key.pem", "Both GITHUB_APP_PRIVATE_KEY and GITHUB_APP_PRIVATE_KEY_FILE are set")]
    public async Task Settings_that_do_not_fit_stop_the_start(string setting, string? value, string expected)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(async () =>
        {
            await using var github = await StubbedGitHub.StartAsync([.. Settings(Key.ExportPkcs8PrivateKeyPem()), (setting, value)]);
        });
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("spec-secret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c3BlYy1zZWNyZXQ", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_or_a_short_one_is_refused()
    {
        using var small = RSA.Create(1024);
        foreach (
            var (pem, expected) in new[]
            {
                (Key.ExportSubjectPublicKeyInfoPem(), "holds no RSA private key"),
                (small.ExportPkcs8PrivateKeyPem(), "1024 bits"),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<SettingException>(async () =>
                await (await StubbedGitHub.StartAsync(Settings(pem))).DisposeAsync()
            );
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        }
    }

    private static Task<StubbedGitHub> StartAsync(TimeProvider time, string? key = null) =>
        StubbedGitHub.StartAsync(time, Settings(key ?? Key.ExportPkcs8PrivateKeyPem()));

    private static (string, string?)[] Settings(string? key) =>
        [("GITHUB_TOKEN", null), ("GITHUB_APP_ID", "12345"), ("GITHUB_APP_INSTALLATION_ID", "77"), ("GITHUB_APP_PRIVATE_KEY", key)];

    private static string TokenOf(TimeProvider time, string token, int hours = 1) =>
        JsonSerializer.Serialize(new { token, expires_at = time.GetUtcNow().AddHours(hours) });

    private static IEnumerable<string> UserCalls(StubbedGitHub github) =>
        github
            .Upstream.Received.Where(request => request.Target.EndsWith("/user", StringComparison.Ordinal))
            .Select(request => request.Headers["Authorization"]);

    private static async Task<int> ReadyAsync(StubbedGitHub github)
    {
        using var answer = await github.Gateway.Http.GetAsync(
            new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        return (int)answer.StatusCode;
    }
}
