namespace Memory.Graph;

/// <summary>An observation as it is stored.</summary>
/// <param name="Id">Its <see cref="Database.TextId"/>: later ones are newer.</param>
/// <param name="At">When it was stored, or last said again.</param>
/// <param name="Until">The first moment at which it is true no more, or null.</param>
internal sealed record Fact(long Id, string Text, string At, string? Until = null)
{
    /// <summary>Whether it counts at a moment.</summary>
    public bool IsValid(string moment) => Until is null || string.CompareOrdinal(Until, moment) > 0;
}

/// <summary>Until when facts are to be true.</summary>
/// <param name="IsGiven">Whether that was said: then it holds for facts as well that are stored already.</param>
/// <param name="Until">The first moment at which they are true no more, or null.</param>
internal readonly record struct End(bool IsGiven, string? Until);
