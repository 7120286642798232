using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Coda.Writes;

/// <summary>A call of a tool that writes: what was asked, and what came of it.</summary>
internal sealed class JournalEntry(
    WriteCall call,
    string tool,
    string? requestId,
    string digest,
    RequestId messageId,
    DateTimeOffset started
)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Tool => tool;

    /// <summary>The caller's own id of the write, if it gave one.</summary>
    public string? RequestId => requestId;

    /// <summary>Says whether another call asks for the same.</summary>
    public string Digest => digest;

    /// <summary>The JSON-RPC id, by which a client says that it no longer waits.</summary>
    public RequestId MessageId => messageId;

    public DateTimeOffset Started => started;

    public WriteCall Call => call;

    /// <summary>The result; null while the call runs, and where it failed.</summary>
    public CallToolResult? Result { get; private set; }

    /// <summary>What a call that failed was told.</summary>
    public string? Error { get; private set; }

    public bool HasEnded => ended.Task.IsCompleted;

    /// <summary>Completes when the call has ended, however.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether the caller may not have got the response: it left, or waited for so long that it may have given up.</summary>
    public bool MayBeUnheard { get; private set; }

    public void End(CallToolResult? result, string? error, bool mayBeUnheard)
    {
        Result = result;
        Error = error;
        MayBeUnheard = mayBeUnheard;
        ended.TrySetResult();
    }

    /// <summary>The outcome, for whoever asks again.</summary>
    /// <exception cref="McpException">The call had failed.</exception>
    public CallToolResult Repeat(string note)
    {
        if (Result is null)
        {
            throw new McpException($"{note} {Error}");
        }

        return new()
        {
            Content = [new TextContentBlock { Text = note }, .. Result.Content],
            StructuredContent = Result.StructuredContent is { ValueKind: JsonValueKind.Object } content
                ? JsonSerializer.SerializeToElement(
                    content
                        .EnumerateObject()
                        .ToDictionary(member => member.Name, member => member.Value)
                        .Append(KeyValuePair.Create("repeated", JsonSerializer.SerializeToElement(note)))
                        .ToDictionary()
                )
                : Result.StructuredContent,
            IsError = Result.IsError,
        };
    }
}
