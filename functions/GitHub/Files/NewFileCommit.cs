namespace GitHub.Files;

/// <summary>A commit in the making.</summary>
internal sealed record NewFileCommit(string Owner, string Repo, string Branch, string Message)
{
    /// <summary>What it is made on; null in an empty repository.</summary>
    public string? Head { get; set; }

    public bool IsNewBranch { get; init; }

    public List<object> Entries { get; init; } = [];

    public Pushed? Pushed { get; set; }
}
