using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using McpGateway.Networking;
using Microsoft.Extensions.Configuration;

namespace McpGateway.OAuth;

/// <summary>The gateway's own OAuth 2.1 authorization server: on when <c>PUBLIC_URL</c> and <see cref="OperatorSecret"/> are set.</summary>
public sealed class OAuthOptions : IValidatableObject
{
    private const int ShortestSecret = 20;

    // 20 random characters repeat some; a word or a keyboard row repeated repeats most.
    private const int FewestDistinct = 8;

    /// <summary>What the operator types to approve an app. At least 20 random characters, none of the bearer tokens.</summary>
    [ConfigurationKeyName("OPERATOR_SECRET")]
    public string? OperatorSecret { get; set; }

    /// <summary>
    /// Further hosts that codes may be sent to, separated by commas (an own n8n), as host or host:port. <c>*</c> accepts every host.
    /// </summary>
    [ConfigurationKeyName("OAUTH_REDIRECT_HOSTS")]
    public string? RedirectHosts { get; set; }

    /// <summary>Lifetime of an access token in minutes. Long ones are safe: each call checks that the grant still stands.</summary>
    [ConfigurationKeyName("OAUTH_ACCESS_MINUTES"), Range(1, 24 * 60)]
    public int AccessMinutes { get; set; } = 60;

    /// <summary>Days after which an unused connection ends.</summary>
    [ConfigurationKeyName("OAUTH_REFRESH_DAYS"), Range(1, 365)]
    public int RefreshDays { get; set; } = 30;

    /// <summary>
    /// Minutes for which a refresh token that was exchanged still answers with the present tokens: several sessions of one client share a
    /// login. A reuse after that ends the connection.
    /// </summary>
    [ConfigurationKeyName("OAUTH_REUSE_MINUTES"), Range(1, 24 * 60)]
    public int RefreshReuseMinutes { get; set; } = 30;

    /// <summary>Where grants and keys are stored: the gateway's state in <c>DATA_PATH</c>, or Azure Table and Blob Storage.</summary>
    [ConfigurationKeyName("OAUTH_STORE")]
    public OAuthStore Store { get; set; } = OAuthStore.File;

    /// <summary>The storage account's name, reached with the identity of <c>DefaultAzureCredential</c>.</summary>
    [ConfigurationKeyName("OAUTH_STORAGE_ACCOUNT")]
    public string? StorageAccount { get; set; }

    /// <summary>A storage connection string, instead of an account's name.</summary>
    [ConfigurationKeyName("OAUTH_STORAGE_CONNECTION")]
    public string? StorageConnection { get; set; }

    /// <summary>
    /// The certificates that encrypt the key ring, base64 PKCS#12 with private key, as a Key Vault certificate's secret holds it. The first
    /// encrypts; retired ones follow, separated by commas, so that older keys stay readable.
    /// </summary>
    [ConfigurationKeyName("OAUTH_KEY_CERTIFICATE")]
    public string? KeyCertificate { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var entry in HostNames.Listed(RedirectHosts).Where(entry => entry != "*" && !HostNames.IsHost(entry)))
        {
            yield return new(
                $"OAUTH_REDIRECT_HOSTS names '{entry}', which is not a host: list names such as n8n.example.org or n8n.example.org:8443, "
                    + "without https:// or a path, or * for every host."
            );
        }

        if (string.IsNullOrEmpty(OperatorSecret))
        {
            yield break;
        }

        if (OperatorSecret.Length < ShortestSecret || OperatorSecret.Distinct().Count() < FewestDistinct)
        {
            yield return new(
                $"OPERATOR_SECRET is shorter than {ShortestSecret} characters or not random: make one with 'openssl rand -base64 24'."
            );
        }

        if (Store == OAuthStore.Table && string.IsNullOrEmpty(StorageAccount) == string.IsNullOrEmpty(StorageConnection))
        {
            yield return new(
                "OAUTH_STORE=table needs one of OAUTH_STORAGE_ACCOUNT (an account's name) and OAUTH_STORAGE_CONNECTION (a connection string)."
            );
        }

        if (Store == OAuthStore.Table && !RuntimeFeature.IsDynamicCodeSupported)
        {
            yield return new(
                "OAUTH_STORE=table is not to be had in a program that was compiled to native code: use OAUTH_STORE=file, a database in STATE, or an "
                    + "image with .NET (light or functions)."
            );
        }

        if (Store == OAuthStore.Table && string.IsNullOrEmpty(KeyCertificate))
        {
            yield return new(
                "OAUTH_STORE=table needs OAUTH_KEY_CERTIFICATE, which encrypts the key ring in Blob Storage: a base64 PKCS#12, "
                    + "such as the secret of a Key Vault certificate."
            );
        }
    }
}

/// <summary>Where the authorization server keeps its state.</summary>
public enum OAuthStore
{
    File,
    Table,
}
