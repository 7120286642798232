using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Secrets;

/// <summary>
/// Where a setting's value may come from besides the environment: a file named by <c>X_FILE</c> (a docker secret), or a
/// secret of the Azure Key Vault at <c>KEY_VAULT_URI</c>, named as the setting with dashes for underscores.
/// The environment wins over the vault; a setting given both directly and as a file is an error.
/// </summary>
internal sealed class SettingSources
{
    public const string KeyVaultSetting = "KEY_VAULT_URI";

    // The whole of it, with the credential chain's own attempts: a start must not hang on a vault that never answers.
    private static readonly TimeSpan VaultPatience = TimeSpan.FromSeconds(30);

    private readonly IConfigurationManager configuration;
    private readonly Func<Uri, SecretClient> connect;
    private readonly Lazy<SecretClient?> vault;
    private readonly Lazy<HashSet<string>> vaultNames;

    internal SettingSources(IConfigurationManager configuration, Func<Uri, SecretClient>? connect = null)
    {
        this.configuration = configuration;
        this.connect = connect ?? Connect;
        vault = new(ConnectToVault);
        vaultNames = new(ReadVaultNames);
    }

    public static SettingSources Of(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryGetValue(typeof(SettingSources), out var sources))
        {
            builder.Properties[typeof(SettingSources)] = sources = new SettingSources(builder.Configuration);
        }

        return (SettingSources)sources;
    }

    /// <summary>Reads those of <paramref name="names"/> that a file or the vault holds into the configuration.</summary>
    public void Resolve(IEnumerable<string> names)
    {
        var values = new Dictionary<string, string?>();
        foreach (var name in names)
        {
            if (ReadFile(name) is { } fromFile)
            {
                values[name] = fromFile;
            }
            else if (string.IsNullOrEmpty(configuration[name]) && ReadVault(name) is { } fromVault)
            {
                values[name] = fromVault;
            }
        }

        if (values.Count > 0)
        {
            configuration.AddInMemoryCollection(values);
        }
    }

    private string? ReadFile(string name)
    {
        if (configuration[$"{name}_FILE"] is not { Length: > 0 } path)
        {
            return null;
        }

        if (!string.IsNullOrEmpty(configuration[name]))
        {
            throw new SettingException($"Both {name} and {name}_FILE are set: keep one of them.");
        }

        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } value
                ? value
                : throw new SettingException($"{name}_FILE='{path}' is empty: write the value into it, or unset {name}_FILE.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException($"{name}_FILE='{path}' cannot be read ({e.GetType().Name}): check that it exists and that this user may read it.", e);
        }
    }

    private string? ReadVault(string name)
    {
        var secret = name.Replace('_', '-');
        return vault.Value is not null && vaultNames.Value.Contains(secret)
            ? AskVault((client, cancellationToken) => client.GetSecret(secret, cancellationToken: cancellationToken).Value.Value)
            : null;
    }

    private HashSet<string> ReadVaultNames() => AskVault((client, cancellationToken) =>
        client.GetPropertiesOfSecrets(cancellationToken).Where(s => s.Enabled != false).Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase));

    private SecretClient? ConnectToVault()
    {
        if (configuration[KeyVaultSetting] is not { Length: > 0 } uri)
        {
            return null;
        }

        return Uri.TryCreate(uri, UriKind.Absolute, out var vaultUri) && vaultUri.Scheme == Uri.UriSchemeHttps
            ? connect(vaultUri)
            : throw new SettingException($"{KeyVaultSetting}='{uri}' is not an https URL: use https://<vault>.vault.azure.net.");
    }

    private static SecretClient Connect(Uri vault) =>
        new(vault, new DefaultAzureCredential(), new() { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(10) } });

    private T AskVault<T>(Func<SecretClient, CancellationToken, T> ask)
    {
        using var patience = new CancellationTokenSource(VaultPatience);
        try
        {
            return ask(vault.Value!, patience.Token);
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException)
        {
            var reason = e switch
            {
                RequestFailedException { Status: > 0 } refused => $"it answered {refused.Status}",
                AuthenticationFailedException => "no Azure identity of this machine could sign in",
                OperationCanceledException => $"no answer within {VaultPatience.TotalSeconds} s",
                _ => "it cannot be reached",
            };
            throw new SettingException($"{KeyVaultSetting}='{configuration[KeyVaultSetting]}' cannot be read ({reason}): check the URL, the network and "
                + "that this identity may list and get secrets.", e);
        }
    }
}
