using System.Text.Json;
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
    private bool wroteNothing;

    public string Tool => tool;

    /// <summary>The caller's own id of the write, if it gave one.</summary>
    public string? RequestId => requestId;

    /// <summary>Says whether another call asks for the same.</summary>
    public string Digest => digest;

    /// <summary>The JSON-RPC id, by which a client says that it no longer waits.</summary>
    public RequestId MessageId => messageId;

    public DateTimeOffset Started { get; private set; } = started;

    public WriteCall Call => call;

    /// <summary>The result; null while the call runs.</summary>
    public CallToolResult? Result { get; private set; }

    public bool HasEnded => ended.Task.IsCompleted;

    /// <summary>Completes when the call has ended, however.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether the caller may not have got the response: it left, or waited for so long that it may have given up.</summary>
    public bool MayBeUnheard { get; private set; }

    /// <summary>Whether it was given up before it wrote anything.</summary>
    public bool IsVoid => wroteNothing && call.CallerLeft;

    public void End(CallToolResult result, bool mayBeUnheard, bool wroteNothing = false)
    {
        Result = result;
        this.wroteNothing = wroteNothing;
        MayBeUnheard = mayBeUnheard;
        ended.TrySetResult();
    }

    /// <summary>Takes over what came of the same call in an earlier process.</summary>
    public void Restore(CallToolResult result, DateTimeOffset began)
    {
        Started = began;
        End(result, mayBeUnheard: true);
    }

    /// <summary>The outcome, for whoever asks again. An error before anything was written says by itself what to do: it bears no note.</summary>
    public CallToolResult Repeat(string note) =>
        wroteNothing
            ? Result!
            : new()
            {
                Content = [new TextContentBlock { Text = note }, .. Result!.Content],
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
