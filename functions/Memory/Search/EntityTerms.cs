using Memory.Database;

namespace Memory.Search;

/// <summary>What an entity is found by: the terms of its name, type, observations and relation types.</summary>
internal static class EntityTerms
{
    /// <summary>The terms of an entity as it is stored now; none when it is gone.</summary>
    public static Dictionary<string, Field> Read(Space space, long entity)
    {
        var terms = new Dictionary<string, Field>(StringComparer.Ordinal);
        Tell(space, entity, (field, text) => Add(terms, field, text));
        return terms;
    }

    /// <summary>Tells every text an entity is found by.</summary>
    public static void Tell(Space space, long entity, Action<Field, string> tell)
    {
        string name;
        using (var rows = space.Read("SELECT name, type FROM entity WHERE namespace = ?1 AND id = ?2", entity))
        {
            if (!rows.Read())
            {
                return;
            }

            name = rows.Text(0);
            tell(Field.Name, name);
            tell(Field.Type, rows.Text(1));
        }

        using (
            var rows = space.Read(
                "SELECT text FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3",
                TextId.FirstObservationOf(entity),
                TextId.LastObservationOf(entity)
            )
        )
        {
            while (rows.Read())
            {
                tell(Field.Observation, rows.Text(0));
            }
        }

        foreach (var type in RelationTypesOf(space, [name])[0])
        {
            tell(Field.Relation, type);
        }
    }

    /// <summary>The types of the relations at each of several entities, each once.</summary>
    public static List<List<string>> RelationTypesOf(Space space, IReadOnlyList<string> names)
    {
        var found = new List<List<string>>(names.Count);
        foreach (
            var rows in space.ReadEach(
                """
                SELECT type FROM relation INDEXED BY relation_triple WHERE namespace = ?1 AND source = ?2
                UNION SELECT type FROM relation INDEXED BY relation_target WHERE namespace = ?1 AND target = ?2
                """,
                names.Select(name => new object?[] { name })
            )
        )
        {
            var types = new List<string>();
            while (rows.Read())
            {
                types.Add(rows.Text(0));
            }

            found.Add(types);
        }

        return found;
    }

    private static void Add(Dictionary<string, Field> terms, Field field, string text)
    {
        Words.AllTerms(
            Folding.Fold(text),
            [],
            (terms, field),
            static (at, term) =>
            {
                var key = term.ToString();
                at.terms[key] = at.terms.TryGetValue(key, out var known) && known > at.field ? known : at.field;
            }
        );
    }
}
