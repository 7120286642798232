using GitHub.Api;
using GitHub.Text;
using Refit;

namespace GitHub.Guards;

/// <summary>What the guards have to know of authors and commits. Its own responses are not locked down: no tool sees them.</summary>
internal interface IAuthorsApi
{
    /// <summary>https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user</summary>
    [Get("/repos/{owner}/{repo}/collaborators/{username}/permission")]
    Task<AuthorPermission> GetPermissionAsync(string owner, string repo, string username, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}")]
    Task<PullRequestOrigin> GetPullRequestAsync(string owner, string repo, string pull_number, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/jobs/{job_id}")]
    Task<JobOrigin> GetJobAsync(string owner, string repo, string job_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/artifacts/{artifact_id}")]
    Task<ArtifactOrigin> GetArtifactAsync(string owner, string repo, string artifact_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}")]
    Task<RunOrigin> GetRunAsync(string owner, string repo, string run_id, CancellationToken cancellationToken);

    /// <summary>How two commits relate; from the second page on without files.</summary>
    [Get("/repos/{owner}/{repo}/compare/{basehead}")]
    Task<HistoryPosition> CompareAsync(
        string owner,
        string repo,
        string basehead,
        int page,
        int per_page,
        CancellationToken cancellationToken
    );

    /// <summary>The branches of this repository, not of its forks, that a commit is the head of.</summary>
    [Get("/repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head")]
    Task<List<BranchName>> ListBranchesAtAsync(string owner, string repo, string commit_sha, CancellationToken cancellationToken);

    /// <summary>What is in a folder of the default branch.</summary>
    [Get("/repos/{owner}/{repo}/contents/{**path}")]
    Task<List<FolderEntry>> ListFolderAsync(string owner, string repo, string path, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/branches")]
    Task<List<BranchName>> ListBranchesAsync(string owner, string repo, int per_page, CancellationToken cancellationToken);
}

/// <summary>GraphQL for the guards' own questions, which no guard but the lists looks at: lockdown does not ask through itself.</summary>
internal interface IGuardGraphQlApi : IGraphQlApi;

/// <param name="Permission">admin, write (maintain as well), read (triage as well) or none.</param>
internal sealed record AuthorPermission(string? Permission = null);

internal sealed record PullRequestOrigin([property: Login] string? User = null, PullRequestSide? Head = null, PullRequestSide? Base = null)
{
    /// <summary>Everybody who may have written of what it changes.</summary>
    public IReadOnlyList<string?> Authors => Head?.Repo is { } head && head == Base?.Repo ? [User] : [User, Head?.User];
}

/// <param name="Repo">Null when the fork was deleted.</param>
internal sealed record PullRequestSide([property: Login] string? User = null, [property: RepositoryName] string? Repo = null);

internal sealed record FolderEntry(string Path);

internal sealed record JobOrigin(long? RunId = null);

internal sealed record ArtifactOrigin(ArtifactRun? WorkflowRun = null);

internal sealed record ArtifactRun(long Id);

/// <param name="HeadRepository">Where the code is from; null when that fork was deleted.</param>
internal sealed record RunOrigin(
    [property: Login] string? Actor = null,
    [property: RepositoryName] string? Repository = null,
    [property: RepositoryName] string? HeadRepository = null
);

/// <param name="Status">behind, identical, ahead or diverged.</param>
internal sealed record HistoryPosition(string? Status = null);

internal sealed record BranchName(string Name);
