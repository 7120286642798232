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

    [Theory]
    [InlineData("//", "redirects, and does not say where to")]
    [InlineData("/a", "redirects without end")]
    [InlineData("https://elsewhere.example/a", "is not a known download host")]
    public async Task A_redirect_that_leads_nowhere_is_told_so(string target, string told)
    {
        using var socket = new Socket { Target = target };
        using var http = new HttpClient(socket);
        var downloads = new Downloads(http, ThingGateway.ApiAt(new Uri("https://things.example")), ["files.example"]);
        var failure = await Assert.ThrowsAsync<UpstreamException>(() =>
            downloads.GetAsync(new Uri("https://files.example/a"), TestContext.Current.CancellationToken)
        );
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Stands for hosts that a spec cannot have.</summary>
    private sealed class Socket : HttpMessageHandler
    {
        public List<HttpRequestMessage> Sent { get; } = [];

        /// <summary>Where every response redirects to, if anywhere.</summary>
        public string? Target { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Add(request);
            var response = new HttpResponseMessage(Target is null ? HttpStatusCode.OK : HttpStatusCode.Found);
            response.Headers.Location = Target is null ? null : new Uri(Target, UriKind.RelativeOrAbsolute);
            return Task.FromResult(response);
        }
    }
}
