using System.Text.Json.Serialization;
using GitHub.Text;
using McpGateway.Tools.Answers;
using Refit;

namespace GitHub.Gists;

/// <summary>https://docs.github.com/en/rest/gists/gists</summary>
internal interface IGistsApi
{
    [Get("/gists")]
    Task<ApiResponse<List<Gist>>> ListMineAsync(string? since, int? page, int? per_page, CancellationToken cancellationToken);

    [Get("/users/{username}/gists")]
    Task<ApiResponse<List<Gist>>> ListOfAsync(
        string username,
        string? since,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/gists/{gist_id}")]
    Task<Gist> GetAsync(string gist_id, CancellationToken cancellationToken);

    [Post("/gists")]
    Task<Gist> CreateAsync([Body] Dictionary<string, object> gist, CancellationToken cancellationToken);

    [Patch("/gists/{gist_id}")]
    Task<Gist> UpdateAsync(string gist_id, [Body] Dictionary<string, object> edit, CancellationToken cancellationToken);
}

/// <param name="Truncated">Whether there are files that GitHub does not list: it lists 300.</param>
internal sealed record Gist(
    string Id,
    [property: CleanName] string? Description = null,
    bool? Public = null,
    string? HtmlUrl = null,
    [property: Login] string? Owner = null,
    IReadOnlyDictionary<string, GistFile>? Files = null,
    bool? Truncated = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
);

internal sealed record GistFile(
    string? Filename = null,
    string? Language = null,
    long? Size = null,
    bool? Truncated = null,
    [property: JsonConverter(typeof(LongTextConverter))] string? Content = null
);

internal sealed record GistContent(string Content);
