namespace McpGateway.Authentication;

/// <summary>What a caller may do: everything, or what is left of it.</summary>
public sealed record Rights
{
    /// <summary>Everything the gateway offers.</summary>
    public static Rights Everything { get; } = new();

    /// <summary>Nothing: whoever was not recognised.</summary>
    public static Rights Nothing { get; } = new() { Denied = NamePatterns.Read("*")!, Text = "none" };

    /// <summary>Everything that changes nothing.</summary>
    public static Rights Reading { get; } = new() { ReadOnly = true, Text = RightsText.Read };

    /// <summary>Whether only tools may be used that change nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The tools that may be used: those that each of these names; none of these names every tool.</summary>
    public IReadOnlyList<NamePatterns> Tools { get; init; } = [];

    /// <summary>The tools that may not be used, whatever else is said.</summary>
    public NamePatterns Denied { get; init; } = NamePatterns.None;

    /// <summary>The tools that run only after the operator's yes, each time.</summary>
    public NamePatterns Approve { get; init; } = NamePatterns.None;

    /// <summary>What of the service may be used: what each of these names; none of these names everything.</summary>
    public IReadOnlyList<Places> Places { get; init; } = [];

    /// <summary>From when on the caller may do nothing; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What may be used up; all of them hold.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>The rights as they were written; empty for everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether a tool may be used, as far as its name goes.</summary>
    public bool Allows(string tool) => !Denied.Match(tool) && Tools.All(allowed => allowed.Match(tool));

    /// <summary>Whether only some tools may be used.</summary>
    public bool NamesTools => Tools.Count > 0 || Denied.All.Count > 0;

    public bool HasExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>What both allow.</summary>
    public Rights Within(Rights other) =>
        ReferenceEquals(this, Everything) ? other
        : ReferenceEquals(other, Everything) ? this
        : new()
        {
            ReadOnly = ReadOnly || other.ReadOnly,
            Tools = [.. Tools, .. other.Tools],
            Denied = Denied.And(other.Denied),
            Approve = Approve.And(other.Approve),
            Places = [.. Places, .. other.Places],
            Expires = Expires is { } mine && other.Expires is { } theirs ? (mine < theirs ? mine : theirs) : Expires ?? other.Expires,
            Limits = [.. Limits, .. other.Limits],
            Text = string.Join(";", new[] { Text, other.Text }.Where(text => text.Length > 0)),
        };

    public override string ToString() => Text.Length > 0 ? Text : "everything";
}
