using System.Security.Cryptography;
using System.Text;
using McpGateway.Secrets;

namespace McpGateway.Authentication;

/// <summary>
/// The accepted tokens: configured as SHA-256 digests, and as what was presented once it has matched one, since a digest costs more than
/// the rest of authentication. Both are compared in constant time.
/// </summary>
public sealed class BearerTokens
{
    private const int MinimumLength = 16;

    // 16 random characters repeat some, even of 16 hexadecimal digits; a word or a keyboard row repeated repeats most.
    private const int FewestDistinct = 6;

    // The sample token of the original deployment guide: everybody knows it, so it is never accepted where others can reach the service.
    private static readonly byte[] PublishedExample = Convert.FromHexString(
        "2b5b215320604a23818d9c9844fb1a993902bf2d101f5da96f95fea6341eb237"
    );

    private readonly IReadOnlyList<AcceptedToken> tokens;

    private BearerTokens(IReadOnlyList<AcceptedToken> tokens) => this.tokens = tokens;

    /// <summary>Whether no token is configured.</summary>
    public bool IsEmpty => tokens.Count == 0;

    /// <summary>Whether callers are recognised by the upstream's token, for want of any other.</summary>
    public bool AreBorrowed { get; private init; }

    /// <summary>Who holds the tokens.</summary>
    public IEnumerable<Caller> Callers => tokens.Select(token => token.Caller);

    /// <summary>Reads <c>MCP_BEARER_TOKEN</c> and <c>MCP_BEARER_TOKENS</c>.</summary>
    /// <param name="rights">Reads what follows a token.</param>
    /// <exception cref="SettingException">A token is too weak, malformed, given or named twice, or known to the public.</exception>
    public static BearerTokens Parse(BearerOptions options, RightsText rights, bool refuseExample)
    {
        var tokens = new List<AcceptedToken>();
        if (!string.IsNullOrEmpty(options.Token))
        {
            tokens.Add(new(new("default", Rights.Everything), DigestOf(options.Token.Trim(), "MCP_BEARER_TOKEN")));
        }

        var entries = TokenEntry.ListedIn(options.Tokens ?? "");
        if (entries.Count == 0 && !string.IsNullOrEmpty(options.Tokens))
        {
            // Whoever sets it intends to close the gateway, so an empty list never leaves it open.
            throw new SettingException("MCP_BEARER_TOKENS is set but holds no token: list name=token, separated by commas, or unset it.");
        }

        foreach (var entry in entries)
        {
            if (tokens.Exists(t => t.Caller.Name == entry.Name))
            {
                throw new SettingException($"MCP_BEARER_TOKENS names '{entry.Name}' twice: give each token a name of its own.");
            }

            if (Caller.IsReserved(entry.Name))
            {
                throw new SettingException(
                    $"MCP_BEARER_TOKENS names '{entry.Name}', which is what the gateway calls others in its logs: choose another name."
                );
            }

            var where = $"the token '{entry.Name}' of MCP_BEARER_TOKENS";
            tokens.Add(new(new(entry.Name, rights.Parse(entry.Rights, where)), DigestOf(entry.Value, where)));
        }

        return Checked(tokens, refuseExample);
    }

    /// <summary>Accepts one token of another purpose, named after the setting it comes from.</summary>
    /// <exception cref="SettingException">The token is too short, or known to the public.</exception>
    public static BearerTokens One(string setting, string token, bool refuseExample) =>
        Checked(
            [
                new(
                    new(setting, Rights.Everything),
                    DigestOf(
                        token.Trim(),
                        setting,
                        remedy: "callers would be recognised by it, as no bearer token is set: set MCP_BEARER_TOKEN (openssl rand "
                            + "-hex 32), or accept everyone with ALLOW_ANONYMOUS=true"
                    )
                ),
            ],
            refuseExample,
            areBorrowed: true
        );

    /// <summary>Who holds the token, or null. Every configured token is compared, in constant time.</summary>
    public Caller? FindCaller(string presented)
    {
        if (IsEmpty)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(presented);
        Caller? owner = null;
        foreach (var token in tokens)
        {
            if (token.Seen is { } seen && CryptographicOperations.FixedTimeEquals(seen, bytes))
            {
                owner = token.Caller;
            }
        }

        return owner ?? FindCallerByDigest(bytes);
    }

    private Caller? FindCallerByDigest(byte[] presented)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(presented, digest);
        Caller? owner = null;
        foreach (var token in tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(token.Digest, digest))
            {
                owner = token.Caller;
                token.Seen = presented;
            }
        }

        return owner;
    }

    private static BearerTokens Checked(List<AcceptedToken> tokens, bool refuseExample, bool areBorrowed = false) =>
        tokens.GroupBy(t => Convert.ToHexString(t.Digest)).FirstOrDefault(same => same.Count() > 1)?.Select(t => $"'{t.Caller.Name}'")
            is { } names
            ? throw new SettingException(
                $"The bearer tokens {string.Join(" and ", names)} are the same one, so that their callers cannot be told apart: "
                    + "make one for each (openssl rand -hex 32)."
            )
        : refuseExample && tokens.Exists(t => t.Digest.AsSpan().SequenceEqual(PublishedExample))
            ? throw new SettingException(
                "The configured bearer is the example token printed in the documentation, which everybody knows: "
                    + "set MCP_BEARER_TOKEN to one of your own (openssl rand -hex 32)."
            )
        : new BearerTokens(tokens) { AreBorrowed = areBorrowed };

    private static byte[] DigestOf(string value, string where, string remedy = "set one made with 'openssl rand -hex 32'")
    {
        if (value.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase))
        {
            return
                value.Length == 7 + 64 && value.AsSpan(7).IndexOfAnyExcept(System.Buffers.SearchValues.Create("0123456789abcdefABCDEF")) < 0
                ? Convert.FromHexString(value.AsSpan(7))
                : throw new SettingException(
                    $"{Capitalized(where)} starts with sha256: but 64 hexadecimal digits do not follow (printf %s TOKEN | sha256sum)."
                );
        }

        return value.Any(char.IsWhiteSpace)
                ? throw new SettingException(
                    $"{Capitalized(where)} has a blank or line break in it: several tokens are separated by commas or line breaks, "
                        + "and only in MCP_BEARER_TOKENS."
                )
            : value[0] is '"' or '\''
                ? throw new SettingException($"{Capitalized(where)} begins with a quotation mark, which no token does: write it without.")
            : value.Length < MinimumLength
                ? throw new SettingException(
                    $"{Capitalized(where)} is shorter than {MinimumLength} characters, too short a bearer token: {remedy}."
                )
            : value.Distinct().Count() < FewestDistinct
                ? throw new SettingException($"{Capitalized(where)} repeats a few characters, too weak a bearer token: {remedy}.")
            : SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed record AcceptedToken(Caller Caller, byte[] Digest)
    {
        public byte[]? Seen { get; set; }
    }
}
