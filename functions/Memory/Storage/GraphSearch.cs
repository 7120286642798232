using System.Globalization;
using System.Text;

namespace Memory.Storage;

/// <summary>
/// Finds entities that hold the query as it stands, anywhere in a name, type or observation, or all of its words, each as
/// the start of a word; only when there is none, those that hold any of its words, and then those of similar names.
/// Case and accents do not count. The best come first: docs/decisions/0010-memory-search.md.
/// </summary>
internal sealed class GraphSearch(Session session, CancellationToken cancellationToken)
{
    private const int MostWords = 16;

    private readonly Dictionary<long, double> scores = [];

    /// <returns>Entity ids, best first; equals in the order of their coming.</returns>
    public IReadOnlyList<long> Find(string query)
    {
        var words = WordsOf(query);
        var byWords = words.Select(ScoreWord).ToList();
        AddHoldersOfPhrase(Folding.Fold(query));
        AddHoldersOfAll(byWords);
        if (scores.Count == 0)
        {
            AddHoldersOfAny(byWords);
        }

        if (scores.Count == 0)
        {
            foreach (var (id, score) in new SimilarNames(session).Find(query))
            {
                scores[id] = score;
            }
        }

        return [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => s.Key)];
    }

    /// <summary>What the official server's search finds: the whole query as one piece of text.</summary>
    private void AddHoldersOfPhrase(byte[] phrase)
    {
        if (phrase.Length == 0)
        {
            foreach (var id in new GraphReader(session, cancellationToken).EntityIds())
            {
                scores[id] = 0;
            }

            return;
        }

        using var buckets = session.Read("SELECT bucket, texts FROM folded");
        while (buckets.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            FoldedBucket.Find(buckets.Number(0), buckets.Bytes(1), phrase, hit => AddAtLeast(hit.Id, WeightOf(hit)));
        }
    }

    private static double WeightOf(FoldedHit hit) =>
        TextId.PlaceOf(hit.Id) switch
        {
            TextId.Name => hit.IsWhole ? 1000
            : hit.IsStart ? 60
            : 30,
            TextId.Type => hit.IsWhole ? 20 : 10,
            _ => 5,
        };

    private void AddAtLeast(long textId, double score)
    {
        var entity = TextId.EntityOf(textId);
        ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(scores, entity, out var exists);
        known = exists ? Math.Max(known, score) : score;
    }

    private void AddHoldersOfAll(List<Dictionary<long, double>> byWords)
    {
        if (byWords.Count == 0)
        {
            return;
        }

        foreach (var id in byWords.MinBy(w => w.Count)!.Keys)
        {
            if (byWords.TrueForAll(w => w.ContainsKey(id)))
            {
                scores[id] = scores.GetValueOrDefault(id) + byWords.Sum(w => w[id]);
            }
        }
    }

    private void AddHoldersOfAny(List<Dictionary<long, double>> byWords)
    {
        foreach (var (id, score) in byWords.SelectMany(w => w))
        {
            scores[id] = scores.GetValueOrDefault(id) + score;
        }
    }

    /// <summary>The entities that hold a word, with the relevance of their best text: a name counts more than a type, that more than an observation.</summary>
    private Dictionary<long, double> ScoreWord(string word)
    {
        var found = new Dictionary<long, double>();
        using var rows = session.Read("SELECT rowid, bm25(word) FROM word WHERE word MATCH $1", $"\"{word}\"*");
        while (rows.Read())
        {
            var id = rows.Number(0);
            var score =
                -rows.Real(1)
                * TextId.PlaceOf(id) switch
                {
                    TextId.Name => 3,
                    TextId.Type => 2,
                    _ => 1,
                };
            ref var best = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(found, TextId.EntityOf(id), out _);
            best = Math.Max(best, score);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return found;
    }

    /// <summary>Splits as the unicode61 tokenizer does: letters, numbers and the marks upon them make a word.</summary>
    private static List<string> WordsOf(string query)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in (query + " ").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.PrivateUse)
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];
    }
}
