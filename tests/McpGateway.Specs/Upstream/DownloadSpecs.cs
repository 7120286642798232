using System.Net;
using McpGateway.Upstream;

namespace McpGateway.Specs.Upstream;

public sealed class DownloadSpecs
{
    [Theory]
    [InlineData("https://files.example/a", true)]
    [InlineData("https://FILES.example/a", true)]
    [InlineData("https://blobs.things.example/a", true)]
    [InlineData("https://a.b.things.example/a", true)]
    [InlineData("https://things.example/a", false)]
    [InlineData("https://evilthings.example/a", false)]
    [InlineData("https://things.example.evil.example/a", false)]
    [InlineData("http://files.example/a", false)]
    [InlineData("http://127.0.0.1/a", false)]
    [InlineData("https://169.254.169.254/a", false)]
    [InlineData("file:///etc/passwd", false)]
    public async Task Only_known_hosts_are_visited_by_https(string url, bool visited)
    {
        using var socket = new Socket();
        using var http = new HttpClient(socket);
        var downloads = new Downloads(http, ThingGateway.ApiAt(new Uri("https://things.example")), ["files.example", "*.things.example"]);
        if (visited)
        {
            Assert.Equal(HttpStatusCode.OK, (await downloads.GetAsync(new Uri(url), TestContext.Current.CancellationToken)).Status);
            Assert.Null(Assert.Single(socket.Sent).Headers.Authorization);
        }
        else
        {
            await Assert.ThrowsAsync<UpstreamException>(() => downloads.GetAsync(new Uri(url), TestContext.Current.CancellationToken));
            Assert.Empty(socket.Sent);
        }
    }

    /// <summary>Stands for hosts that a spec cannot have.</summary>
    private sealed class Socket : HttpMessageHandler
    {
        public List<HttpRequestMessage> Sent { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Add(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
