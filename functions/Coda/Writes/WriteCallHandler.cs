using System.Net;
using System.Text;

namespace Coda.Writes;

/// <summary>Tells the <see cref="WriteCall"/> of every write that leaves for Coda, and of those that did nothing.</summary>
internal sealed class WriteCallHandler : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<bool> SentBefore = new("coda.sent-before");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (WriteCall.Current is not { } call || request.Method == HttpMethod.Get)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var isAgain = request.Options.TryGetValue(SentBefore, out var before) && before;
        request.Options.Set(SentBefore, true);
        call.Send();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            call.Refused();
        }

        // What a deletion that failed has deleted after all is not there the second time.
        if (response.StatusCode == HttpStatusCode.NotFound && request.Method == HttpMethod.Delete && isAgain)
        {
            response.Dispose();
            return new(HttpStatusCode.Accepted)
            {
                RequestMessage = request,
                Content = new StringContent("{}", Encoding.UTF8, "application/json"),
            };
        }

        return response;
    }
}
