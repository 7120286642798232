using System.Net;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace Memory.Specs.Storage;

/// <summary>The service started through a shell that takes something away from it first.</summary>
internal sealed class LimitedProcess : IAsyncDisposable
{
    private readonly RunningProcess process;
    private readonly HttpClient http;

    private LimitedProcess(RunningProcess process, Uri url)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = url, Timeout = Hang.After };
    }

    /// <param name="script">What the shell does; <c>$0</c> is the service's executable.</param>
    public static async Task<LimitedProcess> StartAsync(string script, string folder)
    {
        const string listening = "Now listening on: ";
        var process = RunningProcess.Start(
            "bash",
            ["-c", script, Repository.ProgramOf("Memory")],
            new Dictionary<string, string?>
            {
                ["PORT"] = "0",
                ["DATA_PATH"] = folder,
                ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
                // The runtime maps executable memory through a file, which a limit on the size of files would forbid.
                ["DOTNET_EnableWriteXorExecute"] = "0",
            }
        );
        try
        {
            var line = await process.WaitForLineAsync(l => l.Contains(listening, StringComparison.Ordinal), Hang.After);
            return new(process, new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim()));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<ToolAnswer> CreateAsync(string name, string observation) =>
        CallAsync(
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name,
                        entityType = "t",
                        observations = new[] { observation },
                    },
                },
            }
        );

    public async Task<ToolAnswer> CallAsync(string tool, object arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(
                    new
                    {
                        jsonrpc = "2.0",
                        id = 1,
                        method = "tools/call",
                        @params = new { name = tool, arguments },
                    }
                ),
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request);
        return ToolAnswer.Of(await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> ReadyAsync()
    {
        using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return response.StatusCode;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return process.DisposeAsync();
    }
}
