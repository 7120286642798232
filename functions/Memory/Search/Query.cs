namespace Memory.Search;

/// <summary>A question, understood: the phrase as it stands, and the words that say something.</summary>
/// <param name="Phrase">The whole question, folded.</param>
/// <param name="Words">Its telling words with what may stand for them.</param>
internal sealed record Query(string Phrase, IReadOnlyList<QueryWord> Words)
{
    /// <summary>Whether no word is known and most are not even guessed: what is found then has nothing to do with the question.</summary>
    public bool IsUnknown => Words.All(word => word.IsGuess) && 2 * Words.Count(word => word.IsKnown) < Words.Count;
}
