using McpGateway.Secrets;

namespace McpGateway.Upstream;

/// <summary>Base URLs of upstream APIs, as settings give them.</summary>
public static class UpstreamUrl
{
    /// <summary>Reads the setting; https only, except on loopback, because the token travels there.</summary>
    /// <param name="carriesToken">False where no token is configured: then http is as good.</param>
    /// <exception cref="SettingException">The value is not such a URL.</exception>
    public static Uri Parse(string setting, string value, bool carriesToken = true) =>
        Uri.TryCreate(value.TrimEnd('/'), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || !carriesToken)))
        && url.UserInfo.Length == 0
        && url.Query.Length == 0
        && url.Fragment.Length == 0
            ? url
            : throw new SettingException(
                $"{setting}{(value.Contains('@', StringComparison.Ordinal) ? "" : $"='{value}'")} is not a base URL: use "
                    + "https://host/path (http only for localhost), without a query or credentials."
            );
}
