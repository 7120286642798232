using GitHub.PullRequests;
using Refit;

namespace GitHub.Lockdown;

/// <summary>What lockdown has to know of authors.</summary>
internal interface IAuthorsApi
{
    /// <summary>https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user</summary>
    [Get("/repos/{owner}/{repo}/collaborators/{username}/permission")]
    Task<AuthorPermission> GetPermissionAsync(string owner, string repo, string username, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}")]
    Task<PullRequest> GetPullRequestAsync(string owner, string repo, string pull_number, CancellationToken cancellationToken);
}

/// <param name="Permission">admin, write (maintain as well), read (triage as well) or none.</param>
internal sealed record AuthorPermission(string? Permission = null);
