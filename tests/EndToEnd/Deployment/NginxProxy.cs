using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Debian's nginx with the configuration nginx-proxy generates and the project's own includes, in front of real gateways.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private const string ProductionRate = "rate=20r/s";
    private const string ProductionBurst = "burst=60";

    private readonly RunningProcess nginx;
    private readonly string folder;
    private readonly X509Certificate2 certificate;
    private readonly NginxSetUp setUp;

    private NginxProxy(RunningProcess nginx, string folder, int httpPort, int httpsPort, NginxSetUp setUp)
    {
        this.nginx = nginx;
        this.setUp = setUp;
        this.folder = folder;
        HttpPort = httpPort;
        HttpsPort = httpsPort;
        certificate = X509CertificateLoader.LoadCertificateFromFile(CertificatePath);
    }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    /// <summary>The self-signed certificate of every host, for clients that take a file.</summary>
    public string CertificatePath => Path.Combine(folder, "test.crt");

    /// <summary>Starts nginx with one virtual host for each gateway.</summary>
    /// <param name="hosts">Host name and the gateway's loopback port.</param>
    /// <param name="setUp">What differs from production.</param>
    public static async Task<NginxProxy> StartAsync(IReadOnlyDictionary<string, int> hosts, NginxSetUp? setUp = null)
    {
        setUp ??= new();
        var program = Tool.Require("nginx", "Install it: apt-get install nginx-light.");
        var openssl = Tool.Require("openssl", "Install it: apt-get install openssl.");
        var folder = TemporaryFolder.Create("gateway-nginx-").FullName;
        // nginx's workers are another user where the tests run as root.
#pragma warning disable CA1416 // nginx of Debian: never on Windows.
        File.SetUnixFileMode(
            folder,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
#pragma warning restore CA1416
        Directory.CreateDirectory(Path.Combine(folder, "html"));
        await RunningProcess.RunAsync(
            openssl,
            [
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                $"/CN={hosts.Keys.First()}",
                "-addext",
                $"subjectAltName={string.Join(',', hosts.Keys.Concat(setUp.Others.Keys).Select(h => $"DNS:{h}"))},IP:127.0.0.1",
                "-keyout",
                Path.Combine(folder, "test.key"),
                "-out",
                Path.Combine(folder, "test.crt"),
            ]
        );

        var (http, https) = (FreePort.Find(), FreePort.Find());
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, await ConfigureAsync(folder, hosts, http, https, setUp));
        var nginx = RunningProcess.Start(program, ["-c", configuration, "-p", folder, "-e", "stderr"]);
        var proxy = new NginxProxy(nginx, folder, http, https, setUp);
        await proxy.WaitUntilListeningAsync();
        return proxy;
    }

    /// <summary>A client that finds every host at this nginx and trusts its certificate, and no redirect.</summary>
    public HttpClient CreateClient(string host, Version? version = null) =>
        new(CreateHandler())
        {
            BaseAddress = new Uri($"https://{host}:{HttpsPort}"),
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Hang.After,
        };

    /// <inheritdoc cref="CreateClient"/>
    public SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        };

    /// <summary>Takes a host's upstream away or gives it back, as docker-gen does when a container changes.</summary>
    public async Task ReloadAsync(IReadOnlyDictionary<string, int> hosts, IReadOnlyDictionary<string, int>? second = null)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            await ConfigureAsync(folder, hosts, HttpPort, HttpsPort, setUp with { Second = second ?? setUp.Second })
        );
        await nginx.SignalAsync("HUP");
    }

    public async ValueTask DisposeAsync()
    {
        await nginx.SignalAsync("QUIT");
        await nginx.DisposeAsync();
        certificate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> ConfigureAsync(
        string folder,
        IReadOnlyDictionary<string, int> hosts,
        int http,
        int https,
        NginxSetUp setUp
    )
    {
        var here = Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment");
        var files = Path.Combine(Repository.Root, "docker", "nginx");
        // Beside nginx.conf, as in production: the files of vhost.d include it by its name alone.
        var gateway = await File.ReadAllTextAsync(Path.Combine(files, "gateway.conf"));
        Assert.Contains(ProductionBurst, gateway, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "gateway.conf"),
            setUp.Burst is null ? gateway : gateway.Replace(ProductionBurst, $"burst={setUp.Burst}", StringComparison.Ordinal)
        );
        var limits = await File.ReadAllTextAsync(Path.Combine(files, "conf.d", "00-gateways.conf"));
        Assert.Contains(ProductionRate, limits, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "limits.conf"),
            setUp.Rate is null ? limits : limits.Replace(ProductionRate, $"rate={setUp.Rate}", StringComparison.Ordinal)
        );

        var template = await File.ReadAllTextAsync(Path.Combine(here, "nginx.host.template"));
        string Host(string name, int port, string include) =>
            template
                .Replace("@HOST@", name, StringComparison.Ordinal)
                .Replace(
                    "@SERVERS@",
                    $"{setUp.Balance} server 127.0.0.1:{port};"
                        + (setUp.Second.TryGetValue(name, out var second) ? $" server 127.0.0.1:{second};" : "")
                        + string.Concat(setUp.Further.Select(further => $" server 127.0.0.1:{further};")),
                    StringComparison.Ordinal
                )
                .Replace("@INCLUDE@", include, StringComparison.Ordinal);
        string Size(string host) => host.StartsWith("firecrawl.", StringComparison.Ordinal) ? "large" : "small";
        var servers = hosts
            .Select(h => Host(h.Key, h.Value, $"include {Path.Combine(files, "vhost.d", Size(h.Key))};"))
            .Concat(setUp.Others.Select(h => Host(h.Key, h.Value, "")));

        var text = await File.ReadAllTextAsync(Path.Combine(here, "nginx.conf.template"));
        return text.Replace("@WORKERS@", $"{setUp.Workers}", StringComparison.Ordinal)
            .Replace(
                "@TUNNEL@",
                setUp.Tunnel ? "set_real_ip_from 127.0.0.1; real_ip_header CF-Connecting-IP;" : "",
                StringComparison.Ordinal
            )
            .Replace(
                "@UNKNOWN@",
                setUp.DefaultCertificate
                    ? $"ssl_certificate {folder}/test.crt; ssl_certificate_key {folder}/test.key;"
                    : "ssl_reject_handshake on;",
                StringComparison.Ordinal
            )
            .Replace("@HOSTS@", string.Concat(servers), StringComparison.Ordinal)
            .Replace("@FOLDER@", folder, StringComparison.Ordinal)
            .Replace("@HTTPS@", $"{https}", StringComparison.Ordinal)
            .Replace("@HTTP@", $"{http}", StringComparison.Ordinal);
    }

    private async Task WaitUntilListeningAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, HttpsPort);
                return;
            }
            catch (SocketException) when (attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"nginx does not listen:\n{nginx.Transcript()}", e);
            }
        }
    }
}
