using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Streaming;

/// <summary>A tool that takes its time, for what happens on the way: buffering, silence, clients that leave.</summary>
public sealed partial class SlowTools
{
    /// <summary>Waits, and says after each pause how far it is.</summary>
    /// <param name="progress">Where progress goes; bound by the server.</param>
    /// <param name="pauses">How many pauses.</param>
    /// <param name="milliseconds">How long each is.</param>
    /// <param name="quiet">Whether to say nothing on the way.</param>
    [McpServerTool(Name = "slow", ReadOnly = true)]
    public static async partial Task<string> WaitAsync(
        IProgress<ProgressNotificationValue> progress,
        int pauses,
        int milliseconds,
        bool quiet = false,
        CancellationToken cancellationToken = default
    )
    {
        for (var pause = 1; pause <= pauses; pause++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
            if (!quiet)
            {
                progress.Report(new() { Progress = pause, Total = pauses });
            }
        }

        return "Waited.";
    }
}
