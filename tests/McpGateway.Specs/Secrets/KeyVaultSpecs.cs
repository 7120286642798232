using System.Net;
using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using McpGateway.Secrets;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Secrets;

/// <summary>Settings from an Azure Key Vault: its REST interface as a stub, reached by the real client.</summary>
public sealed class KeyVaultSpecs
{
    private const string Vault = "https://spec.vault.azure.net";

    [Fact]
    public async Task A_setting_can_come_from_the_vault_under_its_name_with_dashes()
    {
        await using var vault = await StubUpstream.StartAsync();
        vault.On(
            "GET /secrets",
            $$"""{"value":[{"id":"{{Vault}}/secrets/MCP-BEARER-TOKEN","attributes":{"enabled":true} },{"id":"{{Vault}}/secrets/MAX-REQUEST-BYTES","attributes":{"enabled":false} }]}"""
        );
        vault.On(
            "GET /secrets/MCP-BEARER-TOKEN/",
            $$"""{"value":"a-token-out-of-the-vault","id":"{{Vault}}/secrets/MCP-BEARER-TOKEN/1"}"""
        );
        vault.On("GET /secrets/MCP-BEARER-TOKEN", $$"""{"value":"a-token-out-of-the-vault","id":"{{Vault}}/secrets/MCP-BEARER-TOKEN/1"}""");
        await using var gateway = await StartAsync(vault, ("KEY_VAULT_URI", Vault));
        using var with = await gateway.PostAsync(SpecService.Initialize(), "a-token-out-of-the-vault");
        using var without = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (with.StatusCode, without.StatusCode));
    }

    [Fact]
    public async Task The_environment_wins_over_the_vault()
    {
        await using var vault = await StubUpstream.StartAsync();
        vault.On("GET /secrets", $$"""{"value":[{"id":"{{Vault}}/secrets/MCP-BEARER-TOKEN","attributes":{"enabled":true} }]}""");
        await using var gateway = await StartAsync(vault, ("KEY_VAULT_URI", Vault), ("MCP_BEARER_TOKEN", SpecService.Token));
        using var response = await gateway.PostAsync(SpecService.Initialize(), SpecService.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_vault_that_refuses_is_named()
    {
        await using var vault = await StubUpstream.StartAsync();
        vault.On("GET /secrets", """{"error":{"code":"Forbidden","message":"no"}}""", 403);
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(vault, ("KEY_VAULT_URI", Vault)));
        Assert.Contains($"KEY_VAULT_URI='{Vault}' cannot be read (it returned 403)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_never_answers_ends_the_start_after_half_a_minute_and_is_named()
    {
        var time = new FakeTimeProvider();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var starting = Task.Run(() => StartAsync($"http://{silent.LocalEndpoint}", time, ("KEY_VAULT_URI", Vault)));
        using var connection = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(starting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            starting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
        );
        Assert.Contains($"KEY_VAULT_URI='{Vault}' cannot be read (no response within 30 s)", problem.Message, StringComparison.Ordinal);
    }

    private static Task<Gateway> StartAsync(StubUpstream vault, params (string, string)[] settings) =>
        StartAsync(vault.Url, TimeProvider.System, settings);

    private static Task<Gateway> StartAsync(string vault, TimeProvider time, params (string, string)[] settings) =>
        SpecService.StartAsync(
            settings: settings,
            configure: builder =>
                ((Microsoft.Extensions.Hosting.IHostApplicationBuilder)builder).Properties[typeof(SettingSources)] = new SettingSources(
                    builder.Configuration,
                    url =>
                        KeyVault.At(
                            url,
                            uri => new SecretClient(
                                uri,
                                new StubCredential(),
                                new()
                                {
                                    Transport = new HttpClientTransport(new ToStub(vault)),
                                    DisableChallengeResourceVerification = true,
                                    Retry = { MaxRetries = 0 },
                                }
                            ),
                            time
                        )
                )
        );

    private sealed class ToStub(string url) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(url + request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(url + request.RequestUri!.PathAndQuery);
            return base.Send(request, cancellationToken);
        }
    }

    private sealed class StubCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("stub", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
