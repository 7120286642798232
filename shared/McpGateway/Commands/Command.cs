namespace McpGateway.Commands;

/// <summary>
/// A command of a service's program, run instead of the service, such as <c>Memory check</c>. It has the settings and services that the
/// service itself would start with, but no server listens and nothing runs in the background.
/// </summary>
/// <param name="Name">Its words, such as <c>check</c> or <c>token add</c>.</param>
/// <param name="Help">What it does, in one line of <c>--help</c>.</param>
/// <param name="RunAsync">Runs it until its end, SIGTERM or Ctrl-C, and returns the exit code: 0 for success.</param>
public sealed record Command(string Name, string Help, Func<CommandContext, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>The arguments that follow the name, as <c>--help</c> shows them (<c>&lt;label&gt; [--read-only]</c>); empty for none.</summary>
    public string Arguments { get; init; } = "";
}
