using System.Net;
using McpGateway.Networking;
using McpGateway.Testing;

namespace McpGateway.Specs.Networking;

public sealed class PublicNetworkSpecs
{
    [Fact]
    public async Task A_connection_goes_to_the_address_that_was_checked_and_not_to_the_name_once_more()
    {
        // A name server that says something public to the check, while the machine itself takes the name for loopback.
        await using var inside = await StubUpstream.StartAsync();
        var network = new PublicNetwork((_, _) => Task.FromResult(new[] { IPAddress.Parse("93.184.215.14") }));
        using var handler = new SocketsHttpHandler { ConnectCallback = network.ConnectAsync, UseProxy = false };
        using var http = new HttpClient(handler);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // Nobody listens at this port of the public address, and often there is no way to it at all.
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        var url = new UriBuilder(inside.Url) { Host = "localhost" }.Uri;
        var failure = await Record.ExceptionAsync(() => http.GetAsync(url, patience.Token));
        Assert.True(failure is HttpRequestException or OperationCanceledException, $"{failure}");
        Assert.Empty(inside.Received);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("93.184.215.14", "127.0.0.1")]
    [InlineData]
    public async Task A_name_with_an_address_inside_or_none_is_not_connected_to(params string[] addresses)
    {
        await using var inside = await StubUpstream.StartAsync();
        var network = new PublicNetwork((_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse)));
        using var handler = new SocketsHttpHandler { ConnectCallback = network.ConnectAsync, UseProxy = false };
        using var http = new HttpClient(handler);
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(new UriBuilder(inside.Url) { Host = "rebound.example" }.Uri, TestContext.Current.CancellationToken)
        );
        Assert.Empty(inside.Received);
    }
}
