using GitHub.Text;

namespace GitHub.Branches;

/// <summary>A branch or a tag, with the commit it is at.</summary>
internal sealed record Branch(string Name, string? Sha, bool? Protected = null);

/// <summary>As GitHub lists it.</summary>
internal sealed record ListedBranch([property: CleanName] string Name, GitObject Commit, bool? Protected = null);

/// <summary>https://docs.github.com/en/rest/git/refs</summary>
internal sealed record GitRef(string Ref, GitObject Object, string? Url = null);

internal sealed record GitObject(string Sha, string? Type = null);

internal sealed record NewRef(string Ref, string Sha);

internal sealed record MovedRef(string Sha, bool Force);

/// <summary>An annotated tag; a lightweight one has only a name and a commit.</summary>
internal sealed record Tag(
    string TagName,
    string Sha,
    [property: CleanName] string? Message = null,
    string? CommitSha = null,
    Commits.Signature? Tagger = null,
    string? Note = null
);

internal sealed record TagObject(
    string Tag,
    string Sha,
    [property: CleanName] string? Message = null,
    GitObject? Object = null,
    Commits.Signature? Tagger = null
);
