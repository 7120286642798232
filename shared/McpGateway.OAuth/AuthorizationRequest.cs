using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace McpGateway.OAuth;

/// <summary>What an app asks of <c>/authorize</c>, as it was sent.</summary>
internal sealed record AuthorizationRequest(string ClientId, string RedirectUri, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const string S256 = "S256";

    private static readonly string[] Names =
    [
        "client_id",
        "redirect_uri",
        "response_type",
        "response_mode",
        "state",
        "scope",
        "resource",
        "code_challenge",
        "code_challenge_method",
        "prompt",
    ];

    private static readonly SearchValues<char> Base64Url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public string? State => this["state"];

    public string? Scope => this["scope"];

    public string? Resource => this["resource"];

    public string? Challenge => this["code_challenge"];

    /// <summary>What stands for exactly this request.</summary>
    public string Digest =>
        Convert.ToBase64String(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"))))
        );

    private string? this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value;

    /// <exception cref="OAuthException">It does not say which client asks, or where the response goes.</exception>
    public static AuthorizationRequest Of(Parameters parameters) =>
        new(
            parameters.Required("client_id"),
            parameters.Required("redirect_uri"),
            [.. Names.Where(name => parameters[name] is not null).Select(name => KeyValuePair.Create(name, parameters[name]!))]
        );

    /// <summary>What is wrong with it besides the client and the address, or null.</summary>
    public OAuthException? FindProblem(Issuer issuer) =>
        this["response_type"] != "code" ? new("unsupported_response_type", "response_type must be code.")
        : this["response_mode"] is not (null or "query") ? new("invalid_request", "response_mode must be query.")
        : this["code_challenge_method"] != S256 ? new("invalid_request", "code_challenge_method must be S256.")
        : Challenge is not { Length: 43 } challenge || challenge.AsSpan().IndexOfAnyExcept(Base64Url) >= 0
            ? new("invalid_request", "code_challenge must be the 43 characters of a base64url SHA-256.")
        : issuer.FindResource(Resource) is null ? new("invalid_target", issuer.OtherResource)
        : this["prompt"] == "none" ? new("login_required", "Every approval needs the operator.")
        : null;
}
