namespace Memory.Search;

/// <summary>A question, understood: the phrase as it stands, and the words that say something.</summary>
/// <param name="Phrase">The whole question, folded.</param>
/// <param name="Words">Its telling words with what may stand for them.</param>
internal sealed record Query(string Phrase, IReadOnlyList<QueryWord> Words);
