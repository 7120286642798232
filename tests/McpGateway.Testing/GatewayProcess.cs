using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using Xunit;

namespace McpGateway.Testing;

/// <summary>A service as an operator runs it: the built executable, at a free loopback port, its state in a folder of its own.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly RunningProcess process;
    private readonly bool ownsFolder;

    private GatewayProcess(RunningProcess process, Uri url, string folder, bool ownsFolder)
    {
        this.process = process;
        this.ownsFolder = ownsFolder;
        Url = url;
        Folder = folder;
        Http = new HttpClient { BaseAddress = url, Timeout = Hang.After };
    }

    /// <summary>Speaks HTTP to the service, without any credential.</summary>
    public HttpClient Http { get; }

    public Uri Url { get; }

    public Uri McpUrl => new(Url, "/mcp");

    /// <summary>The service's DATA_PATH, gone with the process unless the test gave its own.</summary>
    public string Folder { get; }

    public int Id => process.Id;

    /// <summary>The audit lines so far.</summary>
    public IReadOnlyList<string> Audit => process.Output;

    /// <summary>Waits for an audit line: it is written beside the call that it tells of.</summary>
    public Task<string> WaitForAuditAsync(Func<string, bool> matches, CancellationToken cancellationToken = default) =>
        process.WaitForLineAsync(matches, Hang.After, cancellationToken);

    /// <summary>The log lines so far.</summary>
    public IReadOnlyList<string> Logs => process.Errors;

    /// <summary>Starts a service by its project's name, such as <c>Memory</c>, and waits until it answers.</summary>
    /// <param name="under">A program, with its arguments, that runs the service by the path that follows them and becomes it.</param>
    /// <param name="program">The path of another build of the service than the one at hand.</param>
    public static async Task<GatewayProcess> StartAsync(
        string project,
        IReadOnlyDictionary<string, string?>? settings = null,
        IReadOnlyList<string>? under = null,
        string? program = null
    )
    {
        var ownsFolder = settings?.ContainsKey("DATA_PATH") != true;
        var folder = ownsFolder ? TemporaryFolder.Create("gateway-e2e-").FullName : settings!["DATA_PATH"]!;
        var process = Start(project, folder, settings, under, program);
        try
        {
            var line = await process.WaitForLineAsync(l => l.Contains(Listening, StringComparison.Ordinal), Hang.After);
            var url = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
            var gateway = new GatewayProcess(process, url, folder, ownsFolder);
            using var health = await gateway.Http.GetAsync(new Uri("/health", UriKind.Relative));
            health.EnsureSuccessStatusCode();
            return gateway;
        }
        catch
        {
            await process.DisposeAsync();
            if (ownsFolder)
            {
                TemporaryFolder.Delete(folder);
            }

            throw;
        }
    }

    /// <summary>Starts a service without waiting for anything: for the starts that fail.</summary>
    public static RunningProcess Start(
        string project,
        string folder,
        IReadOnlyDictionary<string, string?>? settings = null,
        IReadOnlyList<string>? under = null,
        string? program = null
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["DATA_PATH"] = folder,
            // It ends within minutes: what the compiler would learn by watching it costs more than that saves.
            ["DOTNET_TieredPGO"] = "0",
            // Mapping the memory of compiled code twice takes a tenth of a start.
            ["DOTNET_EnableWriteXorExecute"] = "0",
            // The one line of the host that tells which port it got.
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            environment[name] = value;
        }

        string[] command = [.. under ?? [], program ?? Repository.ProgramOf(project)];
        return RunningProcess.Start(command[0], command[1..], environment);
    }

    /// <summary>Connects the C# client.</summary>
    public Task<McpClient> ConnectAsync(string? token = null, CancellationToken cancellationToken = default) =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = McpUrl,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
                }
            ),
            cancellationToken: cancellationToken
        );

    /// <summary>Posts one JSON text to /mcp.</summary>
    public async Task<HttpResponseMessage> PostAsync(string json, string? token = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, cancellationToken);
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>The status of the response: whether the caller was let in.</returns>
    public async Task<HttpStatusCode> CallAsync(
        string token,
        string tool,
        object? arguments = null,
        CancellationToken cancellationToken = default
    )
    {
        var call = JsonSerializer.Serialize(
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "tools/call",
                @params = new { name = tool, arguments = arguments ?? new { } },
            }
        );
        using var response = await PostAsync(call, token, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Ends the service as systemd and docker do, and holds it to an orderly end.</summary>
    public async Task StopAsync()
    {
        await process.SignalAsync("TERM");
        var exitCode = await process.WaitForExitAsync(TimeSpan.FromSeconds(40));
        Assert.True(exitCode == 0, $"exit code {exitCode} after SIGTERM:\n{process.Transcript()}");
    }

    /// <summary>Ends the service without a warning, as a power cut does.</summary>
    public async Task KillAsync()
    {
        await process.SignalAsync("KILL");
        await process.WaitForExitAsync(Hang.After);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        if (ownsFolder)
        {
            TemporaryFolder.Delete(Folder);
        }
    }
}
