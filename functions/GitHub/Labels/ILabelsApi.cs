using GitHub.Issues;
using Refit;

namespace GitHub.Labels;

/// <summary>https://docs.github.com/en/rest/issues/labels</summary>
internal interface ILabelsApi
{
    [Post("/repos/{owner}/{repo}/labels")]
    Task<Label> CreateAsync(string owner, string repo, [Body] Dictionary<string, object> label, CancellationToken cancellationToken);

    [Patch("/repos/{owner}/{repo}/labels/{name}")]
    Task<Label> UpdateAsync(
        string owner,
        string repo,
        string name,
        [Body] Dictionary<string, object> edit,
        CancellationToken cancellationToken
    );

    [Delete("/repos/{owner}/{repo}/labels/{name}")]
    Task DeleteAsync(string owner, string repo, string name, CancellationToken cancellationToken);
}
