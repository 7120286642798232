using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Debian's nginx with the configuration nginx-proxy generates and the project's own includes, in front of real gateways.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private readonly RunningProcess nginx;
    private readonly string folder;
    private readonly X509Certificate2 certificate;

    private NginxProxy(RunningProcess nginx, string folder, int httpPort, int httpsPort)
    {
        this.nginx = nginx;
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
    /// <param name="tunnel">Whether loopback is taken for the tunnel that sets CF-Connecting-IP.</param>
    /// <param name="zones">Another file of zones than production's (docker/nginx/conf.d/00-gateways.conf).</param>
    public static async Task<NginxProxy> StartAsync(IReadOnlyDictionary<string, int> hosts, bool tunnel = false, string? zones = null)
    {
        var program = Tool.Require("nginx", "Install it: apt-get install nginx-light.");
        var openssl = Tool.Require("openssl", "Install it: apt-get install openssl.");
        var folder = Directory.CreateTempSubdirectory("gateway-nginx-").FullName;
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
                $"subjectAltName={string.Join(',', hosts.Keys.Select(h => $"DNS:{h}"))},IP:127.0.0.1",
                "-keyout",
                Path.Combine(folder, "test.key"),
                "-out",
                Path.Combine(folder, "test.crt"),
            ]
        );

        var (http, https) = (FreePort(), FreePort());
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, await ConfigureAsync(folder, hosts, http, https, tunnel, zones));
        var nginx = RunningProcess.Start(program, ["-c", configuration, "-p", folder, "-e", "stderr"]);
        var proxy = new NginxProxy(nginx, folder, http, https);
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
            Timeout = TimeSpan.FromMinutes(4),
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
    public async Task ReloadAsync(IReadOnlyDictionary<string, int> hosts)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            await ConfigureAsync(folder, hosts, HttpPort, HttpsPort, tunnel: false)
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
        bool tunnel,
        string? zones = null
    )
    {
        var here = Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment");
        var docker = Path.Combine(Repository.Root, "docker");
        var host = await File.ReadAllTextAsync(Path.Combine(here, "nginx.host.template"));
        var text = await File.ReadAllTextAsync(Path.Combine(here, "nginx.conf.template"));
        return text.Replace(
                "@TUNNEL@",
                tunnel ? "set_real_ip_from 127.0.0.1; real_ip_header CF-Connecting-IP;" : "",
                StringComparison.Ordinal
            )
            .Replace(
                "@HOSTS@",
                string.Concat(
                    hosts.Select(h =>
                        host.Replace("@HOST@", h.Key, StringComparison.Ordinal).Replace("@PORT@", $"{h.Value}", StringComparison.Ordinal)
                    )
                ),
                StringComparison.Ordinal
            )
            .Replace("@FOLDER@", folder, StringComparison.Ordinal)
            .Replace("@ZONES@", zones ?? Path.Combine(docker, "nginx", "conf.d", "00-gateways.conf"), StringComparison.Ordinal)
            .Replace("@DOCKER@", docker, StringComparison.Ordinal)
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
