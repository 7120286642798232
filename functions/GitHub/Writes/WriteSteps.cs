using McpGateway.Upstream;
using ModelContextProtocol;

namespace GitHub.Writes;

/// <summary>The writes of one tool call, in turn: when one fails, the error says what was done before it, and what was not tried any more.</summary>
/// <param name="target">What is written to, such as #7.</param>
/// <param name="done">What was done already.</param>
internal sealed class WriteSteps(string target, params IEnumerable<string> done)
{
    private readonly List<string> finished = [.. done];
    private readonly List<(string Name, Func<Task> WriteAsync)> steps = [];

    public int Count => steps.Count;

    /// <summary>Adds a write, where it is wanted.</summary>
    public WriteSteps Add(bool wanted, string name, Func<Task> write)
    {
        if (wanted)
        {
            steps.Add((name, write));
        }

        return this;
    }

    /// <summary>Makes the writes, then reads the result.</summary>
    /// <exception cref="UpstreamException">A write or the read failed.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> readAsync)
    {
        foreach (var (i, (name, writeAsync)) in steps.Index())
        {
            try
            {
                await writeAsync();
                finished.Add(name);
            }
            catch (McpException e) when (finished.Count > 0 || steps.Count > 1)
            {
                throw Failure(e, name, steps.Skip(i + 1).Select(step => step.Name).ToList());
            }
        }

        try
        {
            return await readAsync();
        }
        catch (McpException e)
        {
            throw Failure(e, "only reading it again", []);
        }
    }

    private UpstreamException Failure(McpException e, string failed, List<string> untried)
    {
        var upstream = e as UpstreamException;
        var before = finished.Count > 0 ? $" Of {target} this was done before: {string.Join("; ", finished)}." : "";
        var after = untried.Count > 0 ? $" This was not tried: {string.Join("; ", untried)}." : "";
        return new($"{e.Message}{before} This failed: {failed}.{after}", upstream?.Status, e)
        {
            Code = upstream?.Code,
            RetryAfter = upstream?.RetryAfter,
        };
    }
}
