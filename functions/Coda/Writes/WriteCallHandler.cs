using System.Net;

namespace Coda.Writes;

/// <summary>Tells the <see cref="WriteCall"/> of every write that leaves for Coda, and of those that did nothing.</summary>
internal sealed class WriteCallHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (WriteCall.Current is not { } call || request.Method == HttpMethod.Get)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        call.Send();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            call.Refused();
        }

        return response;
    }
}
