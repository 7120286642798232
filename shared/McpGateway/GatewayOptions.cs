using System.ComponentModel.DataAnnotations;
using System.Net;
using McpGateway.Networking;
using McpGateway.Secrets;
using Microsoft.Extensions.Configuration;

namespace McpGateway;

/// <summary>Where a gateway listens, under which names it is reached, and where its state is.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>Kestrel's port; 0 takes a free one.</summary>
    [ConfigurationKeyName("PORT"), Range(0, 65535)]
    public int? Port { get; set; }

    /// <summary>The address Kestrel binds to: loopback, or every address inside a container.</summary>
    [ConfigurationKeyName("BIND_ADDRESS")]
    public string BindAddress { get; set; } = RunsInContainer ? "0.0.0.0" : "127.0.0.1";

    /// <summary>The origin under which clients reach the service; the only source of absolute URLs.</summary>
    [ConfigurationKeyName("PUBLIC_URL")]
    public string? PublicUrl { get; set; }

    /// <summary>Further host names that the service accepts, separated by commas (container names, for the docker network).</summary>
    [ConfigurationKeyName("ALLOWED_HOSTS")]
    public string? AllowedHosts { get; set; }

    /// <summary>Further browser origins that may call, separated by commas.</summary>
    [ConfigurationKeyName("ALLOWED_ORIGINS")]
    public string? AllowedOrigins { get; set; }

    /// <summary>Take the client's address and scheme from the X-Forwarded-* headers of the nearest hop.</summary>
    [ConfigurationKeyName("TRUST_DOWNSTREAM_PROXY")]
    public bool TrustDownstreamProxy { get; set; }

    /// <summary>The largest request body, in bytes; unset means <see cref="GatewayService.LargestRequest"/>.</summary>
    [ConfigurationKeyName("MAX_REQUEST_BYTES"), Range(1024, 1_000_000_000)]
    public int? MaxRequestBytes { get; set; }

    /// <summary>
    /// How long a service that was told to stop goes on answering 503, though nothing runs any more: for a proxy that has a second
    /// instance to go to.
    /// </summary>
    [ConfigurationKeyName("DRAIN_SECONDS"), Range(0, 25)]
    public int DrainSeconds { get; set; }

    /// <summary>The folder that holds all state of the service.</summary>
    [ConfigurationKeyName("DATA_PATH")]
    public string? DataPath { get; set; }

    /// <summary>The operator's time zone, such as <c>Europe/Zurich</c>: in it days begin, for budgets and expiries, and pages show times.</summary>
    [ConfigurationKeyName("TIME_ZONE")]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Set by Azure: the host name of the function app.</summary>
    [ConfigurationKeyName("WEBSITE_HOSTNAME")]
    public string? WebsiteHostname { get; set; }

    /// <summary>Whether anyone but this machine may reach the service: directly, or through a proxy that the names speak of.</summary>
    public bool ReachableByOthers =>
        !BindsToLoopback || PublicUri is { IsLoopback: false } || TrustDownstreamProxy || !string.IsNullOrWhiteSpace(AllowedHosts);

    /// <summary>The <see cref="TimeZoneInfo"/> of <see cref="TimeZone"/>.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary><see cref="BindAddress"/> as the host of a URL.</summary>
    public string UrlHost =>
        BindAddress == "localhost" ? "127.0.0.1"
        : BindAddress.Contains(':', StringComparison.Ordinal) ? $"[{BindAddress}]"
        : BindAddress;

    /// <summary>The parsed <see cref="PublicUrl"/>.</summary>
    public Uri? PublicUri => Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) ? uri : null;

    private bool BindsToLoopback =>
        BindAddress == "localhost" || (IPAddress.TryParse(BindAddress, out var address) && IPAddress.IsLoopback(address));

    private static bool RunsInContainer => Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true";

    /// <summary>The largest request body that <paramref name="service"/> takes, in bytes.</summary>
    public int LargestRequest(GatewayService service) => MaxRequestBytes ?? service.LargestRequest;

    /// <summary>The folder for the state of <paramref name="service"/>, which may not exist yet.</summary>
    public string DataFolder(GatewayService service) =>
        Path.GetFullPath(
            !string.IsNullOrWhiteSpace(DataPath) ? DataPath
            : RunsInContainer ? "/data"
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "mcp-gateways",
                service.Name
            )
        );

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BindAddress != "localhost" && !IPAddress.TryParse(BindAddress, out _))
        {
            yield return new($"BIND_ADDRESS='{BindAddress}' is not an IP address: use 127.0.0.1, or 0.0.0.0 for every address.");
        }

        if (!string.IsNullOrEmpty(PublicUrl) && !IsPublicOrigin(PublicUri))
        {
            yield return new(
                $"PUBLIC_URL='{PublicUrl}' is not an origin: use https://host (or http://localhost:port), without a path or trailing slash."
            );
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new(
                $"TIME_ZONE='{TimeZone}' is not a time zone of this machine: use a name such as Europe/Zurich or UTC, and install tzdata if it is missing."
            );
        }

        foreach (var host in HostNames.Listed(AllowedHosts).Where(host => !HostNames.IsHost(host)))
        {
            yield return new(
                $"ALLOWED_HOSTS names '{host}', which is not a host: list names such as memory-mcp or memory.example.org:8443, "
                    + "without http:// or a path; there are no wildcards."
            );
        }

        foreach (var origin in HostNames.Listed(AllowedOrigins).Where(origin => !HostNames.IsOrigin(origin)))
        {
            yield return new(
                $"ALLOWED_ORIGINS names '{origin}', which is not an origin: list scheme and host such as https://app.example.org, "
                    + "without a path; there are no wildcards."
            );
        }
    }

    /// <summary>
    /// Makes the folder of <c>DATA_PATH</c>, for the service: a command that was given the path of nothing makes nothing. The folder that is meant
    /// where the setting is absent is made by whoever needs it.
    /// </summary>
    /// <exception cref="SettingException">It cannot be made or read.</exception>
    internal void PrepareDataFolder()
    {
        if (string.IsNullOrWhiteSpace(DataPath))
        {
            return;
        }

        try
        {
            _ = Directory.EnumerateFileSystemEntries(PrivateFolder.Create(DataPath)).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"DATA_PATH='{DataPath}' cannot be used ({e.Message.TrimEnd('.')}): name a folder that this user may read and write.",
                e
            );
        }
    }

    private bool IsPublicOrigin(Uri? uri) =>
        uri is not null
        && uri.UserInfo.Length == 0
        && !PublicUrl!.EndsWith('/')
        && uri.PathAndQuery == "/"
        && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
