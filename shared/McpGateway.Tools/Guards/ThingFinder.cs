using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Text;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>Looks up what the arguments of a call stand for, with the operator's access, while a person is asked about it.</summary>
/// <param name="names">Null in services whose arguments say it themselves.</param>
internal sealed partial class ThingFinder(TimeProvider time, ILogger<ThingFinder> logger, ThingNames? names = null)
{
    private const int LongestName = 200;

    // The person who is asked, and the caller, wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The words, by the names of arguments. What is not found in time is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        RequestContext<CallToolRequestParams> request,
        Tool tool,
        CancellationToken cancellationToken
    )
    {
        var arguments = request.Params.Arguments ?? new Dictionary<string, JsonElement>();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var call = new ThingCall(tool.Name, arguments.AsReadOnly(), request.Services!, either.Token);
        var found = await Task.WhenAll(
            (names?.Lookups ?? [])
                .Where(lookup =>
                    lookup.EvenWithout || (arguments.TryGetValue(lookup.Argument, out var value) && value.ValueKind != JsonValueKind.Null)
                )
                .Select(async lookup => (lookup.Argument, Words: await FindAsync(lookup, call, cancellationToken)))
        );
        return found
            .Where(one => !string.IsNullOrWhiteSpace(one.Words) && one.Words != call.Find(one.Argument))
            .ToDictionary(one => one.Argument, one => Cut.To(one.Words!, LongestName), StringComparer.Ordinal);
    }

    /// <summary>
    /// What was found, for a sentence that the caller reads: <c> (docId: Plans; rowIdOrName: Buy milk)</c>. Empty where nothing was, and for a
    /// caller of some tools only, who would read names that way that its tools do not show.
    /// </summary>
    public static string ForCaller(RequestContext<CallToolRequestParams> request, IReadOnlyDictionary<string, string> found) =>
        found.Count == 0 || request.User.GetRights().NamesTools
            ? ""
            : $" ({string.Join("; ", found.Select(one => $"{one.Key}: {Visible.Of(one.Value).ReplaceLineEndings(" ")}"))})";

    private async Task<string?> FindAsync(ThingLookup lookup, ThingCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await lookup.Find(call).WaitAsync(call.Cancellation);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            NotFound(e, lookup.Argument, call.Tool);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "What {Argument} of a call of {Tool} stands for could not be looked up")]
    private partial void NotFound(Exception exception, string argument, string tool);
}
