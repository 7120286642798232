using System.Net;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Caching;

namespace McpGateway.Upstream;

/// <summary>
/// Responses with their ETags, bounded in bytes: the least recently used goes first, and one that would take more than a
/// sixteenth of the room is not kept. A response belongs to the token that received it, and no other token gets it.
/// </summary>
internal sealed class EntityTagCache(long capacity, TimeProvider time)
{
    /// <summary>What an entry takes besides its body: key, headers, bookkeeping. Rather too much than too little.</summary>
    private const int Overhead = 1024;

    // Nothing gets old: the API is asked each time. What nobody asks for any more need not stay for good.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Remembered<string, TaggedAnswer> answers = new(Lifetime, capacity, time, answer => answer.Body.Length + Overhead);

    /// <summary>The key of a response.</summary>
    public static string KeyOf(HttpRequestMessage request, string? token) =>
        $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "")))} {request.Headers.Accept} {request.RequestUri!.AbsoluteUri}";

    public TaggedAnswer? Find(string key) => answers.TryFind(key, out var answer) ? answer : null;

    /// <summary>Keeps a response, if it has an ETag and is not too large.</summary>
    public async Task KeepAsync(string key, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (
            response.StatusCode != HttpStatusCode.OK
            || response.Headers.ETag is null
            || response.Headers.CacheControl?.NoStore == true
            || response.Content.Headers.ContentLength > capacity / 16
        )
        {
            return;
        }

        var answer = await TaggedAnswer.OfAsync(response, cancellationToken);
        if (answer.Body.Length + Overhead <= capacity / 16)
        {
            answers.Keep(key, answer);
        }
    }
}

/// <summary>A response that may be reused for as long as its ETag holds.</summary>
internal sealed record TaggedAnswer(
    string Tag,
    byte[] Body,
    IReadOnlyList<KeyValuePair<string, string[]>> Headers,
    IReadOnlyList<KeyValuePair<string, string[]>> ContentHeaders
)
{
    public static async Task<TaggedAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            response.Headers.ETag!.ToString(),
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            ListOf(response.Headers),
            ListOf(response.Content.Headers)
        );

    /// <summary>Turns a 304 into the response it stands for; what the 304 says itself, such as rate limits, wins.</summary>
    public void Fill(HttpResponseMessage notModified)
    {
        notModified.StatusCode = HttpStatusCode.OK;
        notModified.ReasonPhrase = null;
        notModified.Content.Dispose();
        notModified.Content = new ByteArrayContent(Body);
        foreach (var (name, values) in ContentHeaders)
        {
            notModified.Content.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, values) in Headers.Where(header => !notModified.Headers.Contains(header.Key)))
        {
            notModified.Headers.TryAddWithoutValidation(name, values);
        }
    }

    private static List<KeyValuePair<string, string[]>> ListOf(System.Net.Http.Headers.HttpHeaders headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()))];
}
