namespace Firecrawl.Jobs;

/// <summary>The id of a job as callers give it: by itself, or as the address that the API gives beside it.</summary>
internal static class JobId
{
    public static string Of(string id) =>
        Uri.TryCreate(id.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.Segments[^1].Trim('/') : id;
}
