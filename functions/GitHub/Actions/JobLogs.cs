using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;
using GitHub.Text;
using McpGateway.Text;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;

namespace GitHub.Actions;

/// <summary>Reads the log of a job, as much of it as is wanted.</summary>
internal sealed class JobLogs(IDownloadsApi api, IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The client for links: without a token, without logs (the links are secrets for as long as they live).</summary>
    public const string ClientName = "GitHub.Actions.JobLogs";

    /// <summary>Lines kept before the first error.</summary>
    private const int LinesBefore = 15;
    private const int LongestLine = 2000;

    /// <summary>Characters of a line that are read: some of them are colours and the like, and go.</summary>
    private const int MostOfLine = 4 * LongestLine;
    private const int MostTailLines = 5000;

    /// <summary>The characters of a log's end that are kept for a search in it.</summary>
    private const int MostKept = 1_000_000;

    private static readonly TimeSpan LongestDownload = TimeSpan.FromSeconds(50);

    public Task<string> LinkAsync(string owner, string repo, long jobId, CancellationToken cancellationToken) =>
        api.GetJobLogsAsync(owner, repo, $"{jobId}", cancellationToken);

    /// <summary>The first error with what led to it, and the last lines.</summary>
    public async Task<JobLog> ReadAsync(string owner, string repo, WorkflowJob job, int tailLines, CancellationToken cancellationToken)
    {
        var link = new Uri(await LinkAsync(owner, repo, job.Id, cancellationToken));
        if (link.Scheme != Uri.UriSchemeHttps && !link.IsLoopback)
        {
            throw new UpstreamException("GitHub led to a log over plain http, which is not followed.");
        }

        using var deadline = new CancellationTokenSource(UpstreamCall.Current?.Left ?? LongestDownload, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new UpstreamException(
                    $"The log of job {job.Id} could not be downloaded ({(int)response.StatusCode}); GitHub keeps logs for 90 days.",
                    response.StatusCode
                );
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await ScanAsync(job, stream, Math.Clamp(tailLines, 1, MostTailLines), either.Token);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or InvalidDataException or InvalidOperationException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new UpstreamException($"The log of job {job.Id} could not be downloaded in time. Try again later.", inner: e);
        }
    }

    /// <summary>One pass that holds no more than what it returns, and the end of the log for a search.</summary>
    private static async Task<JobLog> ScanAsync(WorkflowJob job, Stream stream, int tailLines, CancellationToken cancellationToken)
    {
        var tail = new Queue<string>(tailLines);
        List<string>? error = null;
        var before = new Queue<string>(LinesBefore);
        var count = 0;
        var end = new StringBuilder();
        using var reader = new StreamReader(stream);
        await foreach (var start in ReadLinesAsync(reader, cancellationToken))
        {
            var line = Cut.To(Sanitizer.CleanPlain(start), LongestLine);
            count++;
            end.Append(line).Append('\n');
            if (end.Length > 2 * MostKept)
            {
                end.Remove(0, end.Length - MostKept);
            }

            Keep(tail, line, tailLines);
            if (error is null && line.Contains("##[error]", StringComparison.Ordinal))
            {
                error = [.. before, line];
            }

            Keep(before, line, LinesBefore);
        }

        var failed = (job.Steps ?? [])
            .Where(step => step.Conclusion is "failure" or "timed_out" or "cancelled")
            .Select(step => step.Name)
            .ToList();
        return new(
            job.Id,
            job.Name,
            job.Conclusion,
            failed.Count > 0 ? failed : null,
            error is null ? null : string.Join('\n', error),
            string.Join('\n', tail),
            count
        )
        {
            Searchable = count > tail.Count ? end.ToString(Math.Max(0, end.Length - MostKept), Math.Min(end.Length, MostKept)) : null,
        };
    }

    /// <summary>The lines of a log, of each no more than is needed to show it: whoever writes a workflow may print as long a line as a runner takes.</summary>
    private static async IAsyncEnumerable<string> ReadLinesAsync(
        TextReader log,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new char[16_384];
        var line = new StringBuilder();
        var isOpen = false;
        var endsInReturn = false;
        while (await log.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            for (var start = 0; start < count; )
            {
                if (endsInReturn && buffer[start] == '\n')
                {
                    endsInReturn = false;
                    start++;
                    continue;
                }

                endsInReturn = false;
                var length = buffer.AsSpan(start, count - start).IndexOfAny('\r', '\n');
                var end = length < 0 ? count : start + length;
                line.Append(buffer, start, Math.Min(end - start, MostOfLine - line.Length));
                isOpen = true;
                if (length >= 0)
                {
                    endsInReturn = buffer[end] == '\r';
                    yield return line.ToString();
                    line.Clear();
                    isOpen = false;
                }

                start = end + 1;
            }
        }

        if (isOpen)
        {
            yield return line.ToString();
        }
    }

    private static void Keep(Queue<string> lines, string line, int most)
    {
        if (lines.Count == most)
        {
            lines.Dequeue();
        }

        lines.Enqueue(line);
    }
}

/// <param name="FirstError">The first error in the log with the lines before it.</param>
/// <param name="Logs">The last lines.</param>
/// <param name="MoreCursor">For read_more, which finds words in what is kept of the log: its last million characters.</param>
/// <param name="Problem">Why there is no log.</param>
internal sealed record JobLog(
    long JobId,
    string? JobName,
    string? Conclusion,
    IReadOnlyList<string>? FailedSteps,
    string? FirstError = null,
    string? Logs = null,
    int? TotalLines = null,
    string? LogsUrl = null,
    [property: JsonPropertyName("moreCursor")] string? MoreCursor = null,
    string? Problem = null
)
{
    /// <summary>The log's end, where it has more than <see cref="Logs"/> shows.</summary>
    [JsonIgnore]
    public string? Searchable { get; init; }
}

internal sealed record JobLogList(IReadOnlyList<JobLog> Jobs, string? Message = null);
