using System.Net;
using System.Text;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Specs.OAuth;

/// <summary>Programs that log in by themselves (client credentials), with a client that the operator made on the command line.</summary>
public sealed class MachineClientSpecs : IDisposable
{
    private readonly string data = TemporaryFolder.Create("machine-spec-").FullName;
    private readonly Dictionary<string, string?> settings = [];

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_gets_in_with_its_id_and_secret_and_comes_again_for_the_next_token(bool basic)
    {
        var (id, secret) = await AddAsync("n8n");
        await using var gateway = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            using var response = await LogInAsync(gateway, id, secret, basic);
            var answer = await OAuthGateway.ReadAsync(response);
            Assert.Equal("mcp", answer.GetProperty("scope").GetString());
            Assert.False(answer.TryGetProperty("refresh_token", out _));
            Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(answer.GetProperty("access_token").GetString()!, "spec_write"));
        }

        Assert.Contains(await gateway.Gateway.ReadAuditAsync(), line => line.Contains("\"caller\":\"oauth:n8n:", StringComparison.Ordinal));
        Assert.DoesNotContain(
            secret,
            await File.ReadAllTextAsync(Path.Combine(data, "state.db-wal"), Encoding.Latin1, Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_program_made_to_read_reads_whatever_it_asks_for()
    {
        var (id, secret) = await AddAsync("reader", "--read-only");
        await using var gateway = await StartAsync();
        foreach (var scope in (string?[])[null, "mcp", "mcp:read"])
        {
            using var response = await LogInAsync(gateway, id, secret, more: ("scope", scope));
            var answer = await OAuthGateway.ReadAsync(response);
            Assert.Equal("mcp:read", answer.GetProperty("scope").GetString());
            var token = answer.GetProperty("access_token").GetString()!;
            Assert.Equal(
                (HttpStatusCode.OK, HttpStatusCode.Forbidden),
                (await gateway.CallAsync(token), await gateway.CallAsync(token, "spec_write"))
            );
        }
    }

    [Theory]
    [InlineData("wrong secret")]
    [InlineData("no secret")]
    [InlineData("no id")]
    [InlineData("another id")]
    [InlineData("a registered app")]
    [InlineData("two ways")]
    public async Task Nobody_else_gets_in(string what)
    {
        var (id, secret) = await AddAsync("n8n");
        var (other, _) = await AddAsync("other");
        await using var gateway = await StartAsync();
        using var response = what switch
        {
            "wrong secret" => await LogInAsync(gateway, id, secret + "x"),
            "no secret" => await LogInAsync(gateway, id, null),
            "no id" => await LogInAsync(gateway, null, secret),
            "another id" => await LogInAsync(gateway, other, secret),
            "a registered app" => await LogInAsync(gateway, await gateway.RegisterAsync(), secret),
            _ => await LogInAsync(gateway, id, secret, basic: true, ("client_secret", secret)),
        };
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (response.StatusCode, await OAuthGateway.ErrorOf(response)));
        Assert.Null(response.Content.Headers.ContentType?.CharSet?.Replace("utf-8", null, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_of_a_program_is_for_this_gateway()
    {
        var (id, secret) = await AddAsync("n8n");
        await using var gateway = await StartAsync();
        using var elsewhere = await LogInAsync(gateway, id, secret, more: ("resource", "https://other.example/mcp"));
        Assert.Equal("invalid_target", await OAuthGateway.ErrorOf(elsewhere));
    }

    [Fact]
    public async Task What_the_operator_ends_stops_at_once_on_the_command_line_and_on_the_page()
    {
        var (id, secret) = await AddAsync("n8n");
        var (other, otherSecret) = await AddAsync("script", "--read-only");
        await using var gateway = await StartAsync();
        var token = await TokenAsync(gateway, id, secret);
        var (_, list, _) = await RunAsync("client", "list");
        Assert.Equal(
            2,
            list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains("  client  ", StringComparison.Ordinal))
        );
        Assert.Contains("read only  used", list, StringComparison.Ordinal);

        var (code, output, _) = await RunAsync("client", "end", id["machine.".Length..]);
        Assert.Equal(0, code);
        Assert.Contains("Ended: n8n", output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(token));
        using var again = await LogInAsync(gateway, id, secret);
        Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(again));

        var otherToken = await TokenAsync(gateway, other, otherSecret);
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        Assert.Contains("on the command line", await browser.ReadAsync("/console/access"), StringComparison.Ordinal);
        await browser.EndConnectionAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(otherToken));
    }

    [Fact]
    public async Task A_program_has_the_rights_of_its_profile()
    {
        settings["PROFILES"] = "look: tools=spec_read";
        var (id, secret) = await AddAsync("script", "--profile", "look");
        var (_, list, _) = await RunAsync("client", "list");
        Assert.Contains("profile look (tools=spec_read)", list, StringComparison.Ordinal);
        await using var gateway = await StartAsync();
        var token = await TokenAsync(gateway, id, secret);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token));
        using var refused = await gateway.SendCallAsync(token, "spec_write");
        Assert.Contains("profile=look", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'other' is not a profile", "client", "add", "a", "--profile", "other")]
    [InlineData("client add takes a name", "client", "add", "--read-only")]
    [InlineData("client add takes a name", "client", "add", "a", "b")]
    [InlineData("'--write' is not an option", "client", "add", "a", "--write")]
    [InlineData("--days takes a number", "client", "add", "a", "--days", "soon")]
    [InlineData("--days takes a number", "client", "add", "a", "--days", "0")]
    [InlineData("no client or connection has the id 'x'", "client", "end", "x")]
    public async Task A_command_that_cannot_be_done_says_why(string told, params string[] arguments)
    {
        await AddAsync("first");
        var (code, _, errors) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_there_are_no_clients_to_make()
    {
        var (code, _, errors) = await RunAsync(["client", "list"], new Dictionary<string, string?> { ["DATA_PATH"] = data });
        Assert.Equal(1, code);
        Assert.Contains("set PUBLIC_URL and OPERATOR_SECRET", errors, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<OAuthGateway> StartAsync() => OAuthGateway.StartAsync(new Dictionary<string, string?>(settings) { ["DATA_PATH"] = data });

    private async Task<(string Id, string Secret)> AddAsync(string name, params string[] options)
    {
        var (code, output, errors) = await RunAsync(["client", "add", name, .. options]);
        Assert.Equal((0, ""), (code, errors));
        string Field(string label) =>
            output.Split('\n').Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim();
        Assert.Equal(OAuthGateway.Url + "/token", Field("token URL:"));
        return (Field("client_id:"), Field("client_secret:"));
    }

    private static async Task<string> TokenAsync(OAuthGateway gateway, string id, string secret)
    {
        using var response = await LogInAsync(gateway, id, secret);
        return (await OAuthGateway.ReadAsync(response)).GetProperty("access_token").GetString()!;
    }

    private static Task<HttpResponseMessage> LogInAsync(
        OAuthGateway gateway,
        string? id,
        string? secret,
        bool basic = false,
        params (string Name, string? Value)[] more
    )
    {
        var form = new Dictionary<string, string?> { ["grant_type"] = "client_credentials" };
        if (!basic)
        {
            form["client_id"] = id;
            form["client_secret"] = secret;
        }

        foreach (var (name, value) in more)
        {
            form[name] = value;
        }

        return gateway.PostAsync(
            "/token",
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!)),
            headers =>
            {
                if (basic)
                {
                    headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
                }
            }
        );
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(
            arguments,
            new Dictionary<string, string?>(settings)
            {
                ["DATA_PATH"] = data,
                ["PUBLIC_URL"] = OAuthGateway.Url,
                ["OPERATOR_SECRET"] = OAuthGateway.Secret,
                ["AUDIT_LOG"] = Path.Combine(data, "commands.jsonl"),
            }
        );

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, Dictionary<string, string?> settings)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var code = await GatewayHost.RunAsync(
            arguments,
            new GatewayService("spec-mcp", 0, "Spec", "None") { Commands = ClientCommands.All },
            gateway => gateway.AddOAuth().AddMcp(),
            output,
            errors,
            builder => builder.Configuration.AddInMemoryCollection(settings)
        );
        return (code, output.ToString(), errors.ToString());
    }
}
