using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpGateway.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpGateway.OAuth.Keys;

/// <summary>
/// The keys behind everything sealed, one ring a gateway: in its state or in Blob Storage. Without it every app has to
/// connect again. Data Protection keeps old keys, so what was handed out survives their rotation.
/// </summary>
internal static class KeyRing
{
    /// <param name="isMadeAtStart">Else at the first use: a console that nobody opens costs nothing.</param>
    public static void AddKeyRing(this IHostApplicationBuilder builder, GatewayService service, OAuthOptions options, bool isMadeAtStart)
    {
        var ring = builder.Services.AddDataProtection().SetApplicationName(service.Name);
        if (!isMadeAtStart)
        {
            var library = typeof(KeyManagementOptions).Assembly;
            builder.Services.Remove(
                builder.Services.Single(added =>
                    added.ServiceType == typeof(IHostedService) && added.ImplementationType?.Assembly == library
                )
            );
        }

        if (options.Store == OAuthStore.Table)
        {
            builder.Services.AddSingleton<BlobKeyRepository>();
            builder.Services.AddOptions<KeyManagementOptions>().Configure<BlobKeyRepository>((keys, blobs) => keys.XmlRepository = blobs);
        }
        else
        {
            builder.Services.AddSingleton<StateKeyRepository>();
            builder.Services.AddOptions<KeyManagementOptions>().Configure<StateKeyRepository>((keys, state) => keys.XmlRepository = state);
        }

        if (CertificatesOf(options.KeyCertificate) is [var current, ..] all)
        {
            ring.ProtectKeysWithCertificate(current).UnprotectKeysWithAnyCertificate([.. all]);
        }
        else
        {
            // It warns at every new key that it is not encrypted. It is in a file that only this user can read, beside the data it guards.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        }
    }

    private static List<X509Certificate2> CertificatesOf(string? setting)
    {
        try
        {
            return
            [
                .. (setting ?? "")
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(text => X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text), null))
                    .Select(certificate => certificate.HasPrivateKey ? certificate : throw new CryptographicException("no private key")),
            ];
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new SettingException(
                "OAUTH_KEY_CERTIFICATE holds something that is not a base64 PKCS#12 with a private key and without a password, "
                    + "such as the secret of a Key Vault certificate.",
                e
            );
        }
    }
}
