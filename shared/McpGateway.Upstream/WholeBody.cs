namespace McpGateway.Upstream;

/// <summary>A body that has been read: whoever reads it again gets the same bytes and no copy. They belong to the response.</summary>
public sealed class WholeBody : ByteArrayContent
{
    private readonly byte[] bytes;

    private WholeBody(byte[] bytes)
        : base(bytes) => this.bytes = bytes;

    /// <summary>The bytes of a content.</summary>
    public static async ValueTask<byte[]> OfAsync(HttpContent content, CancellationToken cancellationToken) =>
        content is WholeBody whole ? whole.bytes : await content.ReadAsByteArrayAsync(cancellationToken);

    internal static WholeBody WithHeadersOf(HttpContent content, byte[] bytes)
    {
        var whole = new WholeBody(bytes);
        foreach (var (name, values) in content.Headers.Where(header => header.Key != "Content-Length"))
        {
            whole.Headers.TryAddWithoutValidation(name, values);
        }

        return whole;
    }
}
