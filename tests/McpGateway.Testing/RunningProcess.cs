using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace McpGateway.Testing;

/// <summary>A child process with its output captured, in an environment of its own. Disposing kills it with its children.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly SemaphoreSlim changed = new(0);

    private RunningProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Capture(output, line.Data);
        process.ErrorDataReceived += (_, line) => Capture(errors, line.Data);
    }

    public int Id => process.Id;

    /// <summary>The lines of standard output so far.</summary>
    public IReadOnlyList<string> Output => [.. output];

    /// <summary>The lines of standard error so far.</summary>
    public IReadOnlyList<string> Errors => [.. errors];

    /// <summary>Whether it has ended by itself, or was ended.</summary>
    public bool HasEnded => process.HasExited;

    public StreamWriter Input => process.StandardInput;

    /// <summary>Starts a program with nothing of this process' environment but what finds programs and the .NET runtime.</summary>
    public static RunningProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment.Clear();
        foreach (var (name, value) in CleanEnvironment().Concat(environment ?? new Dictionary<string, string?>()))
        {
            start.Environment[name] = value;
        }

        var running = new RunningProcess(start);
        running.process.Start();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Finished> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null,
        string? input = null,
        TimeSpan? patience = null,
        CancellationToken cancellationToken = default
    )
    {
        await using var running = Start(program, arguments, environment, folder);
        if (input is not null)
        {
            await running.Input.WriteAsync(input.AsMemory(), cancellationToken);
        }

        running.Input.Close();
        var exitCode = await running.WaitForExitAsync(patience ?? Hang.After, cancellationToken);
        return new(exitCode, string.Join('\n', running.Output), string.Join('\n', running.Errors));
    }

    /// <summary>Waits for the first line, of either stream, that <paramref name="matches"/>.</summary>
    /// <exception cref="TimeoutException">It did not come, or the process ended first; the message holds the output.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> matches, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            // Asked first: a process that has ended may still have its last lines on the way.
            var ended = process.HasExited;
            if (output.Concat(errors).FirstOrDefault(matches) is { } line)
            {
                return line;
            }

            if (ended || Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException(
                    $"{process.StartInfo.FileName} did not print the line awaited{(ended ? $" and ended with {process.ExitCode}" : "")}:\n{Transcript()}"
                );
            }

            await changed.WaitAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <summary>Waits for the process to end and its output to be complete.</summary>
    /// <returns>The exit code; 128 + n after signal n.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        impatient.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(impatient.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {patience.TotalSeconds:0} s:\n{Transcript()}");
        }
    }

    /// <summary>Sends a signal by its name, such as TERM, INT or KILL, to this process alone.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Everything printed so far, for a failure's message.</summary>
    public string Transcript() => string.Join('\n', output.Concat(errors).TakeLast(60));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        changed.Dispose();
    }

    private void Capture(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
            changed.Release();
        }
    }

    /// <summary>All of this process' environment, for programs that need what the machine has set up (feeds, caches, certificates).</summary>
    public static Dictionary<string, string?> MachineEnvironment() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value);

    private static Dictionary<string, string?> CleanEnvironment() =>
        new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH"),
            ["HOME"] = Path.GetTempPath(),
            ["LANG"] = "C.UTF-8",
            ["DOTNET_ROOT"] = Path.GetFullPath(
                Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
            ),
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
}

/// <summary>A process that has ended.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors)
{
    /// <summary>The output of a process that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Errors}");
        return Output;
    }
}
