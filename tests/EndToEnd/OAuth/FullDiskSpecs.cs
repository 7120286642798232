using System.Diagnostics;
using System.Net;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.OAuth;

/// <summary>A disk that is full to the last byte, and has room again: nothing half done, and each failure in the form of its endpoint.</summary>
public sealed class FullDiskSpecs
{
    private const string Token = "full-disk-token-0123456";
    private const string Redirect = "http://localhost:9/callback";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_cannot_be_written_is_refused_whole_and_works_once_there_is_room()
    {
        var folder = TemporaryFolder.Create("full-disk-").FullName;
        var settings = Settings(folder);
        await using var gateway = await GatewayProcess.StartAsync("Memory", settings, OnSmallDisk());
        var disk = $"/proc/{gateway.Id}/root{folder}";
        var client = await OAuthProcess.RegisterAsync(gateway, Redirect);
        var connected = await OAuthProcess.RedeemAsync(
            gateway,
            client,
            Redirect,
            await OAuthProcess.CodeOfAsync(gateway, client, Redirect)
        );
        var tokens = JsonElement.Parse(connected.Text);
        var access = tokens.GetProperty("access_token").GetString()!;
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        var code = await OAuthProcess.CodeOfAsync(gateway, client, Redirect);

        Fill(disk);
        var redeemed = await OAuthProcess.RedeemAsync(gateway, client, Redirect, code);
        AssertOAuthError(redeemed);
        AssertOAuthError(await RefreshAsync(gateway, client, refresh));
        // An approval writes nothing: its code waits for the disk as the one above.
        var later = await OAuthProcess.CodeOfAsync(gateway, client, Redirect);
        using var browser = await OperatorBrowser.SignInAsync(gateway.Url, OAuthProcess.Secret);
        Assert.Contains("<h1>This did not work</h1>", await browser.EndConnectionAsync(), StringComparison.Ordinal);
        var (addCode, added) = await AddTokenAsync(gateway, settings);
        Assert.Equal(1, addCode);
        Assert.Contains("cannot grow: the disk is full", added, StringComparison.Ordinal);
        Assert.Contains("cannot count this call", await CallAsync(gateway, Token), StringComparison.Ordinal);
        // Who is connected reads on.
        Assert.Contains("entities", await CallAsync(gateway, access), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(gateway));

        File.Delete(Path.Combine(disk, "filling"));
        Assert.Equal(HttpStatusCode.OK, (await OAuthProcess.RedeemAsync(gateway, client, Redirect, code)).Status);
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(gateway, client, refresh)).Status);
        Assert.Equal(HttpStatusCode.OK, (await OAuthProcess.RedeemAsync(gateway, client, Redirect, later)).Status);
        var connections = await browser.ReadAsync("/console/access");
        Assert.Equal(3, connections.Split("href=\"/console/access/connection/end").Length - 1);
        Assert.Equal(0, (await AddTokenAsync(gateway, settings)).Code);
        Assert.Contains("entities", await CallAsync(gateway, Token), StringComparison.Ordinal);
        Assert.Contains("is used up", await CallAsync(gateway, Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(gateway));
        // The events for the console come some seconds after what they tell of.
        Assert.Equal(
            ["memory.db", "state.db"],
            Directory.GetFiles(disk, "*.db").Select(Path.GetFileName).Where(name => name != "activity.db").Order(StringComparer.Ordinal)
        );
        await gateway.StopAsync();
        Directory.Delete(folder);
    }

    private static Dictionary<string, string?> Settings(string folder)
    {
        var port = FreePort.Find();
        return new()
        {
            ["DATA_PATH"] = folder,
            ["PORT"] = $"{port}",
            ["PUBLIC_URL"] = $"http://127.0.0.1:{port}",
            ["OPERATOR_SECRET"] = OAuthProcess.Secret,
            ["MCP_BEARER_TOKENS"] = $"n8n={Token};calls=1/day",
        };
    }

    // In namespaces of its own, where nobody needs to be root. A shell drops variables with dots in their names.
    private static string[] OnSmallDisk()
    {
        using var trial = Process.Start(Tool.Require("unshare", "It is part of util-linux."), ["--map-root-user", "--mount", "true"]);
        trial.WaitForExit();
        Assert.SkipUnless(trial.ExitCode == 0, "This machine lets nobody have a mount namespace (user namespaces are off).");
        return
        [
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=4m none \"$DATA_PATH\" && exec env Logging__LogLevel__Microsoft.Hosting.Lifetime=Information \"$0\"",
        ];
    }

    private static void Fill(string disk)
    {
        using var file = new FileStream(Path.Combine(disk, "filling"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // As little as half of it may fit still.
            }
        }
    }

    private static void AssertOAuthError(Answer answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("temporarily_unavailable", JsonElement.Parse(answer.Text).GetProperty("error").GetString());
    }

    private static Task<Answer> RefreshAsync(GatewayProcess gateway, string client, string token) =>
        OAuthProcess.PostAsync(gateway, "/token", ("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token));

    private static async Task<(int Code, string Errors)> AddTokenAsync(GatewayProcess gateway, Dictionary<string, string?> settings)
    {
        var finished = await RunningProcess.RunAsync(
            Tool.Require("nsenter", "It is part of util-linux."),
            [
                $"--target={gateway.Id}",
                "--user",
                "--mount",
                "--preserve-credentials",
                Repository.ProgramOf("Memory"),
                "token",
                "add",
                "anna",
            ],
            settings,
            cancellationToken: Cancellation
        );
        return (finished.ExitCode, finished.Errors);
    }

    private static async Task<string> CallAsync(GatewayProcess gateway, string token)
    {
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""",
            token,
            Cancellation
        );
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task<HttpStatusCode> ReadyAsync(GatewayProcess gateway)
    {
        using var response = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        return response.StatusCode;
    }
}
