using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs;

/// <summary>Lets a spec see and hold a running tool call.</summary>
internal sealed class Gate
{
    /// <summary>Set by the tool once it runs.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set by the spec to let the tool end.</summary>
    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set by the tool when it was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many calls are inside.</summary>
    public int Inside;
}

internal sealed class SpecTools(Gate gate)
{
    [McpServerTool(Name = "echo", ReadOnly = true), Description("Says it back.")]
    public static string Echo(
        string text,
        int times = 1,
        Kind kind = Kind.Plain,
        Place? place = null,
        string[]? noteIds = null,
        string? noteId = null,
        [Range(1, 99)] int volume = 50,
        bool loud = false,
        Place[]? places = null,
        [Subset("Plain", "Loud")] string[]? kinds = null,
        [JsonShape("string", "object")] JsonElement? hook = null,
        string? noteUrl = null,
        [EmptyClears] string? motto = null
    )
    {
        var said = string.Concat(Enumerable.Repeat(loud ? text.ToUpperInvariant() : text, times));
        string?[] parts =
        [
            said,
            $"{kind}",
            .. new[] { place }.Concat(places ?? []).SelectMany(known => new[] { known?.City, known?.Floor?.ToString() }),
            .. noteIds ?? [],
            noteId,
            kinds is null ? null : string.Join('+', kinds),
            hook?.GetRawText(),
            noteUrl,
            motto is "" ? "(cleared)" : motto,
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    [McpServerTool(Name = "work", ReadOnly = false), Description("Works until the spec opens the gate.")]
    public async Task<string> WorkAsync(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref gate.Inside);
        progress.Report(
            new()
            {
                Progress = 1,
                Total = 2,
                Message = "half way",
            }
        );
        gate.Entered.TrySetResult();
        try
        {
            await gate.Opened.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Cancelled.TrySetResult();
            throw;
        }

        return "done";
    }

    [McpServerTool(Name = "refuse"), Description("Refuses.")]
    public static string Refuse() => throw new McpException("The row 'r-1' does not exist: list the rows first.");

    [McpServerTool(Name = "fetch"), Description("Calls an upstream.")]
    public static async Task<string> FetchAsync(IHttpClientFactory clients, string url, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient();
        return await client.GetStringAsync(new Uri(url), cancellationToken);
    }

    [McpServerTool(Name = "break"), Description("Breaks.")]
    public static string Break(bool ofMemory = false) =>
        // Longer than an array can be.
        ofMemory ? new string('a', new byte[int.MaxValue].Length) : throw new InvalidOperationException("password=hunter2");
}

/// <summary>An argument with named values.</summary>
internal enum Kind
{
    Plain,
    Loud,
    VeryLoud,
}

/// <summary>An argument with fields.</summary>
internal sealed record Place(string City, int? Floor = null);
