using System.Net;
using McpGateway.Networking;
using McpGateway.OAuth.Clients;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>How an app's metadata is fetched: from public addresses only, within bounds, and not again while it is known.</summary>
public sealed class ClientDocumentFetchSpecs : DocumentedClient
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong-secret-wrong-secret")]
    public async Task Nobody_without_the_secret_makes_the_gateway_fetch_anything(string? secret)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)), secret);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using var denied = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)), secret, decision: "deny");
        Assert.Null(denied.Headers.Location);
        Assert.Empty(host.Received);
    }

    [Theory]
    [InlineData(404, "application/json")]
    [InlineData(201, "application/json")]
    [InlineData(200, "text/html")]
    public async Task Only_a_plain_answer_with_json_counts(int status, string type)
    {
        host.On("GET /oauth/client.json", context => AnswerAsync(context, status, type, Document()));
        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        // Followed, it would be acceptable.
        host.On("GET /oauth/client.json", "", 302, ("Location", $"{host.Url}/elsewhere.json")).On("GET /elsewhere.json", Document());
        await AssertRefusedAsync();
        Assert.Single(host.Received);
    }

    [Fact]
    public async Task A_large_document_is_not_read_to_its_end()
    {
        host.On("GET /oauth/client.json", Document(name: new string('x', 20_000)));
        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_slow_document_is_given_up_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        host.On(
            "GET /oauth/client.json",
            async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                arrived.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                }
                catch (OperationCanceledException)
                {
                    // The gateway has hung up.
                }
            }
        );
        await using var gateway = await StartAsync(time);
        var answer = gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        await arrived.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        time.Advance(AppHosts.Patience);
        using var response = await answer.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("max-age=600", 9, 1)]
    [InlineData("max-age=600", 11, 2)]
    [InlineData("max-age=9999999", 23 * 60, 1)]
    [InlineData("max-age=9999999", 25 * 60, 2)]
    [InlineData("no-store", 0, 2)]
    [InlineData(null, 59, 1)]
    [InlineData(null, 61, 2)]
    public async Task A_document_is_kept_as_long_as_its_host_says_a_day_at_most(string? control, int minutes, int fetches)
    {
        host.On("GET /oauth/client.json", Document(), 200, control is null ? [] : [("Cache-Control", control)]);
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        await ProvedAsync(gateway, request);
        time.Advance(TimeSpan.FromMinutes(minutes));
        await ProvedAsync(gateway, request);
        Assert.Equal(fetches, host.Received.Count);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_a_minute()
    {
        host.On("GET /oauth/client.json", "{}", 500).On("GET /oauth/client.json", Document());
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        for (var i = 0; i < 2; i++)
        {
            using var refused = await gateway.AnswerAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Single(host.Received);
        time.Advance(TimeSpan.FromMinutes(1));
        await ProvedAsync(gateway, request);
    }

    [Theory]
    [InlineData("http://app.example/client.json")]
    [InlineData("https://app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example:8443/client.json")]
    [InlineData("https://user@app.example/client.json")]
    [InlineData("https://app.example/client.json#x")]
    [InlineData("https://app.example/a/../client.json")]
    [InlineData("https://APP.example/client.json")]
    [InlineData("https://localhost/client.json")]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/client.json")]
    [InlineData("https://2130706433/client.json")]
    [InlineData("https://0x7f000001/client.json")]
    [InlineData("https://0x7f.1/client.json")]
    [InlineData("https://017700000001/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:127.0.0.1]/client.json")]
    [InlineData("https://[fd00::1]/client.json")]
    [InlineData("file:///etc/passwd")]
    public async Task An_id_that_is_no_plain_public_url_is_no_client(string id)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(host.Received);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("93.184.215.14", "10.0.0.1")]
    public async Task A_name_that_leads_to_an_address_of_the_inside_is_not_fetched(params string[] addresses)
    {
        var asked = 0;
        await using var gateway = await OAuthGateway.StartAsync(configure: builder =>
            builder.Services.AddSingleton<ResolveHost>(
                (_, _) =>
                {
                    asked++;
                    return Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
                }
            )
        );
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "does not resolve to public addresses only",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    public void An_address_of_the_outside_is_public(string address) => Assert.True(PublicNetwork.IsPublic(IPAddress.Parse(address)));
}
