using McpGateway.Http;
using McpGateway.Upstream.Reading;

namespace McpGateway.Upstream;

/// <summary>
/// Makes one attempt: reads the whole response, up to the limit, as long as the API does not keep silent (<see cref="Silence"/>); or lets the request's
/// own reader take what it wants of it. A large one waits for its turn first (<see cref="LargeBodies"/>), and one that comes slowly lets others go before
/// it is whole.
/// </summary>
internal sealed class BoundedBodyHandler(UpstreamApi api, TimeProvider time) : DelegatingHandler
{
    /// <summary>How long a body keeps its turn while it comes in: few others have become as large beside it by the call's deadline.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var silence = new Silence(api.AttemptTimeout, time, cancellationToken);
        try
        {
            return await SendAsync(request, silence, cancellationToken);
        }
        catch (OperationCanceledException e) when (silence.IsTooLong && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{api.Name} kept silent for {api.AttemptTimeout.TotalSeconds} s.", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Silence silence, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, silence.Token);
        try
        {
            await using var body = silence.Watch(await response.Content.ReadAsStreamAsync(silence.Token));
            if (response.IsSuccessStatusCode && UpstreamApi.ReaderOf(request) is { } readAsync)
            {
                await readAsync(body, cancellationToken);
                response.Content = new ByteArrayContent([]);
            }
            else
            {
                await LoadAsync(response, body, cancellationToken);
            }

            return response;
        }
        // Broken gzip or deflate, and broken brotli.
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            using (response)
            {
                throw UnreadableResponse.Create(api, response, "a compressed body that is broken", e);
            }
        }
        catch (Exception e)
            when (e is IOException or HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded })
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The body broke off.", e, response.StatusCode);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task LoadAsync(HttpResponseMessage response, Stream stream, CancellationToken cancellationToken)
    {
        var content = response.Content;
        if (content.Headers.ContentLength is { } length && length <= Math.Min(LargeBodies.Threshold, api.MaxResponseBytes))
        {
            var bytes = new byte[length];
            // A 304, and the response to a HEAD, tell the length of a body that they do not have.
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            response.Content = WholeBody.WithHeadersOf(
                content,
                TokenMask.Apply(response.RequestMessage, read == bytes.Length ? bytes : bytes[..read])
            );
            return;
        }

        var body = await ReadToEndAsync(content, stream, cancellationToken);
        response.Content = WholeBody.WithHeadersOf(
            content,
            TokenMask.Apply(response.RequestMessage, body.Capacity == body.Length ? body.GetBuffer() : body.ToArray())
        );
    }

    private async Task<MemoryStream> ReadToEndAsync(HttpContent content, Stream stream, CancellationToken cancellationToken)
    {
        // Mostly the length is not known: what was compressed has none.
        var body = new MemoryStream();
        var buffer = new byte[81_920];
        await ReadAsync(LargeBodies.Threshold);
        if (body.Length > LargeBodies.Threshold)
        {
            await LargeBodies.WaitForTurnAsync(cancellationToken);
            body.Capacity = (int)Math.Min(api.MaxResponseBytes, content.Headers.ContentLength ?? 4 * body.Length);
            using (var turn = new CancellationTokenSource(LongestTurn, time))
            await using (turn.Token.Register(LargeBodies.GiveUpTurn))
            {
                await ReadAsync(api.MaxResponseBytes);
            }

            await LargeBodies.WaitForTurnAsync(cancellationToken);
        }

        return body;

        async Task ReadAsync(int most)
        {
            while (body.Length <= most && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (body.Length + read > api.MaxResponseBytes)
                {
                    throw new HttpRequestException(
                        HttpRequestError.ConfigurationLimitExceeded,
                        $"The body is larger than {api.MaxResponseBytes} bytes."
                    );
                }

                body.Write(buffer, 0, read);
            }
        }
    }
}
