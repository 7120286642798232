using System.Text.Json.Serialization;
using Firecrawl.Agents;
using Firecrawl.Answers;
using Firecrawl.Batches;
using Firecrawl.Crawling;
using Firecrawl.Jobs;
using ModelContextProtocol.Server;

namespace Firecrawl.Control;

/// <summary>Tools for jobs of any kind.</summary>
internal sealed partial class JobTools(ICrawlApi crawls, IBatchApi batches, IAgentApi agents)
{
    /// <summary>Ends a running job; what it has read so far is kept.</summary>
    [McpServerTool(
        Name = "firecrawl_cancel",
        Title = "Cancel a job",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> CancelAsync(JobKind kind, [JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(
            kind switch
            {
                JobKind.Crawl => crawls.CancelAsync(id, cancellationToken),
                JobKind.Batch => batches.CancelAsync(id, cancellationToken),
                _ => agents.CancelAsync(id, cancellationToken),
            }
        );

    /// <summary>Lists the pages of a job that failed, and those that robots.txt forbids.</summary>
    [McpServerTool(Name = "firecrawl_job_errors", Title = "Errors of a job", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetErrorsAsync(PagedJobKind kind, [JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(
            kind == PagedJobKind.Crawl
                ? crawls.GetErrorsAsync(id, cancellationToken)
                : BatchErrors.ReadAsync(batches, id, cancellationToken)
        );
}

/// <summary>A job that can be cancelled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobKind>))]
internal enum JobKind
{
    [JsonStringEnumMemberName("crawl")]
    Crawl,

    [JsonStringEnumMemberName("batch")]
    Batch,

    [JsonStringEnumMemberName("agent")]
    Agent,
}

/// <summary>A job of many pages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PagedJobKind>))]
internal enum PagedJobKind
{
    [JsonStringEnumMemberName("crawl")]
    Crawl,

    [JsonStringEnumMemberName("batch")]
    Batch,
}
