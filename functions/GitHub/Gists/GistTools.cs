using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace GitHub.Gists;

/// <summary>Gists.</summary>
internal sealed partial class GistTools(IGistsApi api)
{
    /// <summary>Gists of a user.</summary>
    /// <param name="username">The token's user if not given.</param>
    /// <param name="since">Updated since, ISO 8601.</param>
    [McpServerTool(Name = "list_gists", Title = "List gists", ReadOnly = true)]
    public async partial Task<Page<Gist>> ListGistsAsync(
        string? username = null,
        string? since = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await (
            username is null
                ? api.ListMineAsync(since, page, perPage, cancellationToken)
                : api.ListOfAsync(username, since, page, perPage, cancellationToken)
        ).ToPageAsync();

    /// <summary>A gist with its files.</summary>
    [TextMembers("*.content")]
    [McpServerTool(Name = "get_gist", Title = "Get gist", ReadOnly = true)]
    public async partial Task<Gist> GetGistAsync(string gist_id, CancellationToken cancellationToken) =>
        await api.GetAsync(gist_id, cancellationToken);

    /// <summary>Create a gist of one file.</summary>
    [McpServerTool(Name = "create_gist", Title = "Create gist")]
    public async partial Task<Made> CreateGistAsync(
        string filename,
        string content,
        string? description = null,
        [WireName("public")] bool isPublic = false,
        CancellationToken cancellationToken = default
    )
    {
        var made = await api.CreateAsync(
            Given.Of(("description", description), ("public", isPublic), ("files", Files(filename, content))),
            cancellationToken
        );
        return new(made.Id, made.HtmlUrl);
    }

    /// <summary>Change a file of a gist, or add one.</summary>
    [McpServerTool(Name = "update_gist", Title = "Update gist")]
    public async partial Task<Made> UpdateGistAsync(
        string gist_id,
        string filename,
        string content,
        string? description = null,
        CancellationToken cancellationToken = default
    )
    {
        var made = await api.UpdateAsync(
            gist_id,
            Given.Of(("description", description), ("files", Files(filename, content))),
            cancellationToken
        );
        return new(made.Id, made.HtmlUrl);
    }

    private static Dictionary<string, GistContent> Files(string filename, string content) =>
        new(StringComparer.Ordinal) { [filename] = new(content) };
}
