using System.Globalization;
using System.Text;
using System.Text.Json;
using Benchmarks.Fleet;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Benchmarks.Wire;

/// <summary>The bytes of the commonest responses, beside those of the SDK's own encoding of the same results.</summary>
public static class WireBenchmark
{
    public static async Task<int> RunAsync()
    {
        await using var fleet = await ServiceFleet.StartAsync();
        Console.WriteLine("| call | the SDK's encoding, bytes | ours, bytes | less, % |");
        Console.WriteLine("|---|---|---|---|");
        var (before, now) = (0, 0);
        foreach (var call in SampleCalls.Reads)
        {
            var answer = await fleet.Members[call.Service].CallAsync(call);
            var (theirs, ours) = (Encoding.UTF8.GetByteCount(InSdkEncoding(answer)), Encoding.UTF8.GetByteCount(answer));
            (before, now) = (before + theirs, now + ours);
            Print($"`{call.Tool}`", theirs, ours);
        }

        Print("all", before, now);
        return 0;
    }

    /// <summary>
    /// What the SDK makes of a tool's result by itself: structured content, and the same once more as escaped text; quotation marks as <c>\u0022</c>.
    /// </summary>
    private static string InSdkEncoding(string answer)
    {
        using var message = JsonDocument.Parse(answer);
        var result = message.RootElement.GetProperty("result").Deserialize<CallToolResult>(McpJsonUtilities.DefaultOptions)!;
        if (result.StructuredContent is null && result.Content is [TextContentBlock { Text: ['{', ..] text }])
        {
            result.StructuredContent = JsonElement.Parse(text);
        }

        return JsonSerializer.Serialize<JsonRpcMessage>(
            new JsonRpcResponse { Id = new RequestId(1), Result = JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions) },
            McpJsonUtilities.DefaultOptions
        );
    }

    private static void Print(string call, int theirs, int ours) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| {call} | {theirs} | {ours} | {100.0 * (theirs - ours) / theirs:0} |")
        );
}
