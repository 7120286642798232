using GitHub.Api;
using GitHub.Branches;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Releases;

/// <summary>Releases.</summary>
internal sealed partial class ReleaseTools(IReleasesApi api, IRefsApi refs)
{
    /// <summary>Releases, newest first.</summary>
    /// <param name="fields">Return only these of each release.</param>
    [McpServerTool(Name = "list_releases", Title = "List releases", ReadOnly = true)]
    public async partial Task<Page<Release>> ListReleasesAsync(
        string owner,
        string repo,
        [Subset("id", "tag_name", "name", "body", "html_url", "published_at", "prerelease", "draft", "author")] string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListAsync(owner, repo, page, perPage, cancellationToken).ToPageAsync();

    /// <summary>The latest release that is neither a draft nor a prerelease.</summary>
    [McpServerTool(Name = "get_latest_release", Title = "Get latest release", ReadOnly = true)]
    public async partial Task<Release> GetLatestReleaseAsync(string owner, string repo, CancellationToken cancellationToken) =>
        await api.GetLatestAsync(owner, repo, cancellationToken);

    /// <summary>The release of a tag.</summary>
    /// <param name="raw">Keep what rendering hides in the body.</param>
    [McpServerTool(Name = "get_release_by_tag", Title = "Get release by tag", ReadOnly = true)]
    public async partial Task<Release> GetReleaseByTagAsync(
        string owner,
        string repo,
        string tag,
        bool raw = false,
        CancellationToken cancellationToken = default
    ) => (await api.GetByTagAsync(owner, repo, tag, cancellationToken)).As(raw);

    /// <summary>Create a release.</summary>
    /// <param name="tag_name">Created if it does not exist.</param>
    /// <param name="target_commitish">Branch or commit a new tag is created at; the default branch if not given.</param>
    /// <param name="generate_release_notes">Let GitHub write name and body.</param>
    [McpServerTool(Name = "create_release", Title = "Create release")]
    public async partial Task<Release> CreateReleaseAsync(
        string owner,
        string repo,
        string tag_name,
        string? name = null,
        string? body = null,
        string? target_commitish = null,
        bool? draft = null,
        bool? prerelease = null,
        bool? generate_release_notes = null,
        CancellationToken cancellationToken = default
    )
    {
        if (
            target_commitish is not null
            && await refs.GetAsync(owner, repo, $"tags/{tag_name}", cancellationToken).OrNullAsync() is { } tag
            && tag.Object.Sha != target_commitish
        )
        {
            throw new McpException(
                $"tag_name='{tag_name}' is a tag already, of {tag.Object.Type} {tag.Object.Sha}, and GitHub takes no notice of target_commitish then: leave it "
                    + "out to release what the tag is at, or give another tag. Nothing was created."
            );
        }

        return await api.CreateAsync(
            owner,
            repo,
            new(tag_name, target_commitish, name, body, draft, prerelease, generate_release_notes),
            cancellationToken
        );
    }

    /// <summary>Change a release; what is not given stays.</summary>
    /// <param name="clear">What is emptied.</param>
    [McpServerTool(Name = "update_release", Title = "Update release")]
    public async partial Task<Release> UpdateReleaseAsync(
        string owner,
        string repo,
        long release_id,
        string? tag_name = null,
        string? name = null,
        string? body = null,
        bool? draft = null,
        bool? prerelease = null,
        [Subset("name", "body")] string[]? clear = null,
        CancellationToken cancellationToken = default
    )
    {
        var edit = Given.Of(("tag_name", tag_name), ("name", name), ("body", body), ("draft", draft), ("prerelease", prerelease));
        edit.Clear(clear, _ => "");

        return edit.Count > 0
            ? await api.UpdateAsync(owner, repo, release_id, edit, cancellationToken)
            : throw new McpException("Nothing to change: give at least one of tag_name, name, body, draft, prerelease, clear.");
    }
}
