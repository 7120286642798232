using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Azure's storage emulator as a process, for one class of specs, started by the first that needs it.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // The account every emulator has: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly SemaphoreSlim starting = new(1, 1);
    private RunningProcess? process;
    private string? connection;

    /// <summary>The settings of a gateway that keeps its grants and keys there.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        await starting.WaitAsync();
        try
        {
            connection ??= await StartAsync();
        }
        finally
        {
            starting.Release();
        }

        return new Dictionary<string, string?>
        {
            ["OAUTH_STORE"] = "table",
            ["OAUTH_STORAGE_CONNECTION"] = connection,
            ["OAUTH_KEY_CERTIFICATE"] = Certificate,
        };
    }

    /// <summary>A certificate as Key Vault hands it out: base64 PKCS#12 with the private key.</summary>
    public static string Certificate { get; } = MakeCertificate();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    public static string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=oauth-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));
    }

    private async Task<string> StartAsync()
    {
        if (process is not null)
        {
            // It did not start in time.
            await process.DisposeAsync();
        }

        process = await NodeProgram.StartPackageAsync(
            "azurite/dist/src/azurite.js",
            [
                "--silent",
                "--loose",
                "--skipApiVersionCheck",
                "--inMemoryPersistence",
                "--disableTelemetry",
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                "0",
                "--queueHost",
                "127.0.0.1",
                "--queuePort",
                "0",
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                "0",
            ]
        );
        var blob = await UrlOfAsync(process, "Blob");
        var table = await UrlOfAsync(process, "Table");
        return $"{Account};DefaultEndpointsProtocol=http;BlobEndpoint={blob}/devstoreaccount1;TableEndpoint={table}/devstoreaccount1";
    }

    private static async Task<string> UrlOfAsync(RunningProcess process, string service)
    {
        var start = $"Azurite {service} service is successfully listening at ";
        var line = await process.WaitForLineAsync(line => line.StartsWith(start, StringComparison.Ordinal), Hang.After);
        return line[start.Length..].Trim();
    }
}
