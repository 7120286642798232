using System.Text;
using Benchmarks.Pipeline;
using McpGateway.Testing;

namespace Benchmarks.Fleet;

/// <summary>One of the four, with what callers and its operator do.</summary>
internal sealed class FleetMember(string name, GatewayProcess gateway, string folder, (string Id, string Secret) client) : IAsyncDisposable
{
    public string Name => name;

    public int ProcessId => gateway.Id;

    /// <summary>Logs in as a machine does.</summary>
    /// <returns>The access token.</returns>
    public Task<string> LogInAsync() => PipelineServers.LogInAsync(gateway.McpUrl, client);

    public Task<OperatorBrowser> SignInAsync() => OperatorBrowser.SignInAsync(gateway.Url, ServiceFleet.Secret);

    /// <returns>The body of the response, one JSON object.</returns>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public async Task<string> CallAsync(SampleCall call, string token = ServiceFleet.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(call.Message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await gateway.Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return
            response.IsSuccessStatusCode
            && answer.Contains("\"result\":", StringComparison.Ordinal)
            && !answer.Contains("\"isError\":true", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"{call.Tool}: {(int)response.StatusCode} {answer}");
    }

    /// <summary>The sum of a measurement's values in <c>/metrics</c>.</summary>
    public async Task<double> MetricAsync(string metric)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new("Bearer", ServiceFleet.Token);
        using var response = await gateway.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var values = (await response.Content.ReadAsStringAsync())
            .Split('\n')
            .Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Select(line =>
                double.Parse(line[(line.LastIndexOf('}') + 2)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
            )
            .ToList();
        return values.Count > 0 ? values.Sum() : throw new InvalidOperationException($"{name}: /metrics has no {metric}.");
    }

    /// <summary>Takes lines of a memory.jsonl in.</summary>
    public async Task FillAsync(string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/import") { Content = new StringContent(lines, Encoding.UTF8) };
        request.Headers.Authorization = new("Bearer", ServiceFleet.Token);
        using var response = await gateway.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
