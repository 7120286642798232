namespace Memory.Storage;

/// <summary>Keeps the search's copies in step with the graph: words, trigrams of names and types, and folded texts.</summary>
internal sealed class SearchIndex(Session session)
{
    private readonly Dictionary<long, FoldedBucket> changed = [];

    /// <summary>Takes in the name and type of a new entity.</summary>
    public void AddEntity(long entity, string name, string type)
    {
        session.Run("INSERT INTO trigram (rowid, text) VALUES ($1, $2 || char(10) || $3)", entity, name, type);
        Add(TextId.Of(entity, TextId.Name), name);
        Add(TextId.Of(entity, TextId.Type), type);
    }

    /// <summary>Forgets an entity's name and type, and its observations.</summary>
    public void RemoveEntity(long entity, IEnumerable<long> observations)
    {
        session.Run("DELETE FROM trigram WHERE rowid = $1", entity);
        Remove([TextId.Of(entity, TextId.Name), TextId.Of(entity, TextId.Type), .. observations]);
    }

    public void Add(long id, string text)
    {
        session.Run("INSERT INTO word (rowid, text) VALUES ($1, $2)", id, text);
        BucketOf(id).Add(id, Folding.Fold(text));
    }

    public void Remove(IReadOnlyCollection<long> ids)
    {
        foreach (var id in ids)
        {
            session.Run("DELETE FROM word WHERE rowid = $1", id);
        }

        foreach (var bucket in ids.GroupBy(FoldedBucket.KeyOf))
        {
            BucketOf(bucket.First()).Remove(bucket.ToHashSet());
        }
    }

    /// <summary>Writes the folded texts, once for each bucket however many texts of it have changed.</summary>
    public void Flush()
    {
        foreach (var (key, bucket) in changed)
        {
            if (bucket.IsEmpty)
            {
                session.Run("DELETE FROM folded WHERE bucket = $1", key);
            }
            else
            {
                session.Run(
                    "INSERT INTO folded (bucket, texts) VALUES ($1, $2) ON CONFLICT (bucket) DO UPDATE SET texts = excluded.texts",
                    key,
                    bucket.ToArray()
                );
            }
        }

        changed.Clear();
    }

    private FoldedBucket BucketOf(long id)
    {
        var key = FoldedBucket.KeyOf(id);
        if (!changed.TryGetValue(key, out var bucket))
        {
            bucket = new FoldedBucket(key, session.Scalar("SELECT texts FROM folded WHERE bucket = $1", key) as byte[] ?? []);
            changed.Add(key, bucket);
        }

        return bucket;
    }
}
