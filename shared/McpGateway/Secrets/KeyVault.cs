using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace McpGateway.Secrets;

/// <summary>The secrets of an Azure Key Vault. Apart from <see cref="SettingSources"/>, so that Azure's libraries are loaded for it alone.</summary>
internal sealed class KeyVault
{
    // The whole of it, with the credential chain's own attempts: a start must not hang on a vault that never responds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string url;
    private readonly SecretClient client;
    private readonly TimeProvider time;
    private readonly Lazy<HashSet<string>> names;

    private KeyVault(string url, SecretClient client, TimeProvider time)
    {
        this.url = url;
        this.client = client;
        this.time = time;
        names = new(ReadNames);
    }

    /// <summary>The vault at <paramref name="url"/>, which is not asked anything yet.</summary>
    /// <exception cref="SettingException">It is not the URL of a vault.</exception>
    public static KeyVault At(string url) => At(url, Connect, TimeProvider.System);

    /// <inheritdoc cref="At(string)"/>
    public static KeyVault At(string url, Func<Uri, SecretClient> connect, TimeProvider time) =>
        Uri.TryCreate(url, UriKind.Absolute, out var vault) && vault.Scheme == Uri.UriSchemeHttps
            ? new(url, connect(vault), time)
            : throw new SettingException(
                $"{SettingSources.KeyVaultSetting}='{url}' is not an https URL: use https://<vault>.vault.azure.net."
            );

    /// <summary>The value of the secret for a setting, or null.</summary>
    /// <exception cref="SettingException">The vault cannot be read.</exception>
    public string? Find(string setting)
    {
        var secret = setting.Replace('_', '-');
        return names.Value.Contains(secret)
            ? Ask(cancellationToken => client.GetSecret(secret, cancellationToken: cancellationToken).Value.Value)
            : null;
    }

    private HashSet<string> ReadNames() =>
        Ask(cancellationToken =>
            client
                .GetPropertiesOfSecrets(cancellationToken)
                .Where(s => s.Enabled != false)
                .Select(s => s.Name)
                .ToHashSet(StringComparer.OrdinalIgnoreCase)
        );

    private static SecretClient Connect(Uri vault) =>
        new(vault, new DefaultAzureCredential(), new() { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(10) } });

    private T Ask<T>(Func<CancellationToken, T> ask)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return ask(patience.Token);
        }
        catch (Exception e)
            when (e is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException)
        {
            var reason = e switch
            {
                RequestFailedException { Status: > 0 } refused => $"it returned {refused.Status}",
                AuthenticationFailedException => "no Azure identity of this machine could sign in",
                OperationCanceledException => $"no response within {Patience.TotalSeconds} s",
                _ => "it cannot be reached",
            };
            throw new SettingException(
                $"{SettingSources.KeyVaultSetting}='{url}' cannot be read ({reason}): check the URL, the network and "
                    + "that this identity may list and get secrets.",
                e
            );
        }
    }
}
