using System.Security.Cryptography;
using McpGateway.Secrets;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GitHub.Credentials;

/// <summary>
/// A GitHub App with its private key, which signs what the App proves itself with:
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app.
/// </summary>
internal sealed class GitHubApp
{
    private const int ShortestKey = 2048;

    // GitHub's clock may be behind ours by a little, and takes no more than ten minutes.
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);

    private readonly string id;
    private readonly RSA key;

    private GitHubApp(string id, long installationId, RSA key)
    {
        this.id = id;
        this.key = key;
        InstallationId = installationId;
    }

    public long InstallationId { get; }

    /// <exception cref="SettingException">The id is invalid, or the key is not an RSA private key in PEM.</exception>
    public static GitHubApp Parse(string id, long installationId, string privateKey)
    {
        if (installationId <= 0)
        {
            throw new SettingException(
                $"GITHUB_APP_INSTALLATION_ID='{installationId}' is not an installation id: take the number at the end of the installation's settings URL."
            );
        }

        return id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? new(id, installationId, ReadKey(privateKey))
            : throw new SettingException(
                $"GITHUB_APP_ID='{id}' is neither an App id nor a client id: take it from the App's settings page."
            );
    }

    /// <summary>A token as the App itself, good for a few minutes and for nothing but asking for installation tokens here.</summary>
    public string Sign(DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = id,
                IssuedAt = (now - Backdating).UtcDateTime,
                Expires = (now + Lifetime).UtcDateTime,
                SigningCredentials = new(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256),
            }
        );

    private static RSA ReadKey(string pem)
    {
        var key = RSA.Create();
        try
        {
            // One-line environments write line ends as \n.
            key.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
            key.ExportParameters(includePrivateParameters: true);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            // Nothing of the value, and not the cause either: it may quote it.
            throw new SettingException(
                "GITHUB_APP_PRIVATE_KEY holds no RSA private key that can be read: generate one on the App's settings page and set "
                    + "GITHUB_APP_PRIVATE_KEY_FILE to the unchanged .pem file (-----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----)."
            );
        }

        return key.KeySize >= ShortestKey
            ? key
            : throw new SettingException(
                $"GITHUB_APP_PRIVATE_KEY is a key of {key.KeySize} bits; GitHub's have {ShortestKey}: generate one on the App's settings page."
            );
    }
}
