using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;

namespace McpGateway.Upstream;

/// <summary>What the shared handlers need to know of an upstream API; one instance per service, shared by all of its clients.</summary>
public sealed class UpstreamApi
{
    /// <summary>
    /// Marks a request that must not be sent twice although <see cref="MayRetry"/> would allow it, as a Refit parameter:
    /// <c>[Property(UpstreamApi.SendOnce)] bool once</c>.
    /// </summary>
    public const string SendOnce = "SendOnce";

    /// <summary>
    /// Marks a request whose response may be larger than memory: the reader takes a success from the socket as it comes, within the call's timeouts and past
    /// <see cref="MaxResponseBytes"/>, and the response is then empty. As a Refit parameter: <c>[Property(UpstreamApi.ReadBody)] BodyReader read</c>.
    /// </summary>
    public const string ReadBody = "ReadBody";

    private static readonly HttpRequestOptionsKey<bool> SendOnceKey = new(SendOnce);
    private static readonly HttpRequestOptionsKey<BodyReader> ReadBodyKey = new(ReadBody);
    private static readonly HttpRequestOptionsKey<bool> RepeatedKey = new("Repeated");

    /// <summary>The name a person knows, such as <c>Coda</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the API lives; nothing but this origin ever sees the credential. See <see cref="UpstreamUrl"/>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The setting that holds the token, such as <c>CODA_API_TOKEN</c>.</summary>
    public required string TokenSetting { get; init; }

    /// <summary>Where a person gets a token.</summary>
    public required string TokenPage { get; init; }

    /// <summary>The token that goes with a request; null when none is configured.</summary>
    public required Func<IServiceProvider, CancellationToken, ValueTask<string?>> GetTokenAsync { get; init; }

    /// <summary>
    /// For tokens that are fetched and run out: given one that the API refused with 401, the token to try once more. Null where the token is a setting.
    /// </summary>
    public Func<IServiceProvider, string, CancellationToken, ValueTask<string?>>? RenewTokenAsync { get; init; }

    /// <summary>Whether the API also works without a token, as self-hosted ones may.</summary>
    public bool TokenIsOptional { get; init; }

    /// <summary>
    /// Handlers that judge a call before anything else does, outermost first: what they refuse takes no place in the rate gate and is
    /// not retried.
    /// </summary>
    public IReadOnlyList<Func<IServiceProvider, DelegatingHandler>> Guards { get; init; } = [];

    /// <summary>Whether sending a request again cannot do its work twice. Reads may; a service adds its PUT and DELETE by id.</summary>
    public Func<HttpRequestMessage, bool> MayRetry { get; init; } =
        request => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;

    /// <summary>Whether a failed call may succeed the next time. Default: 408 and 5xx; 429 is always the rate gate's.</summary>
    public Func<HttpResponseMessage, bool> IsTransient { get; init; } =
        response => response.StatusCode is System.Net.HttpStatusCode.RequestTimeout or >= System.Net.HttpStatusCode.InternalServerError;

    /// <summary>Which of the API's rate limits a request counts for: a limit that is hit holds back only its own.</summary>
    public Func<HttpRequestMessage, string> BucketOf { get; init; } = _ => "all";

    /// <summary>How long a rate-limit response asks to wait; null for any other response. Default: 429, by Retry-After, else about 5 s.</summary>
    public Func<HttpResponseMessage, DateTimeOffset, TimeSpan?> ReadRateLimit { get; init; } = RateLimitAnswer.Read;

    /// <summary>
    /// Whether a request that the API refused for its rate may go again although it could not be retried otherwise: where such a refusal surely did nothing.
    /// </summary>
    public bool ReplaysRefusedWrites { get; init; }

    /// <summary>The longest a call waits for a limit that the API says is used up, within the call's own time.</summary>
    public TimeSpan LongestClosedWait { get; init; } = RateGate.LongestWait;

    /// <summary>
    /// Makes the limits we keep by ourselves, so that the API's are never hit, once for all clients; a request waits up to <see cref="LongestQueue"/>. See
    /// <see cref="UpstreamLimits{T}"/>.
    /// </summary>
    public Func<IServiceProvider, PartitionedRateLimiter<HttpRequestMessage>>? CreateLimiter { get; init; }

    /// <summary>The longest a request waits for its turn in the limiter; nothing has been sent by then.</summary>
    public TimeSpan LongestQueue { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The API's own words in the JSON body of an error; the default reads the usual members.</summary>
    public Func<JsonElement, string?> ReadMessage { get; init; } = ErrorBody.ReadMessage;

    /// <summary>What the model or its user can do about a failed request, if the API gives more to say than the usual.</summary>
    public Func<HttpResponseMessage, string?> Advise { get; init; } = _ => null;

    /// <summary>How long it may keep silent: until a response begins, and between two parts of its body.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest response that is read.</summary>
    public int MaxResponseBytes { get; init; } = 10_000_000;

    /// <summary>
    /// The memory in bytes for responses with an ETag: a read is then transferred only if it changed. 0 keeps none. See <see cref="EntityTagCache"/>.
    /// </summary>
    public long CachedBytes { get; init; }

    /// <summary>How bodies are written and read; absent values are not sent.</summary>
    public JsonSerializerOptions Json { get; init; } =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Whether a request that got no answer may go again: what it deleted then would not be found the second time, and look like a mistake.</summary>
    internal bool MaySendAgainUnanswered(HttpRequestMessage request) => request.Method != HttpMethod.Delete && MaySendAgain(request);

    internal bool MayReplay(HttpRequestMessage request) => ReplaysRefusedWrites || MaySendAgain(request);

    internal bool MaySendAgain(HttpRequestMessage request) =>
        !(request.Options.TryGetValue(SendOnceKey, out var once) && once) && MayRetry(request);

    /// <summary>Notes that a request goes again, after a response that left open whether it was done.</summary>
    internal static void Repeat(HttpRequestMessage request) => request.Options.Set(RepeatedKey, true);

    internal static bool IsRepeated(HttpRequestMessage request) => request.Options.TryGetValue(RepeatedKey, out var repeated) && repeated;

    internal static BodyReader? ReaderOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(ReadBodyKey, out var read) ? read : null;

    /// <summary>Whether a URL belongs to the API, and may see its credential.</summary>
    public bool Owns(Uri url) => url.Scheme == BaseUrl.Scheme && url.Host == BaseUrl.Host && url.Port == BaseUrl.Port;
}

/// <summary>Takes what it wants of a body, and holds no more than that. It may be called again, with another body, when an attempt failed.</summary>
public delegate Task BodyReader(Stream body, CancellationToken cancellationToken);
