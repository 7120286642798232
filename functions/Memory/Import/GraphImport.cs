using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Memory.Graph;
using Memory.Storage;
using Microsoft.Extensions.Options;

namespace Memory.Import;

/// <summary>
/// Takes a file into a namespace, of any size and while the service runs: in transactions small enough that no call waits long
/// for one. Entities join those of the same name, and nothing that is stored is lost, so that an import that was cut short is
/// simply run again.
/// </summary>
internal sealed class GraphImport(MemoryStore store, IOptions<MemoryOptions> options)
{
    private const int MostItems = 500;
    private const int MostCharacters = 1_000_000;

    /// <summary>What an entity is whose facts come as a plain text.</summary>
    private const string TypeOfText = "person";

    /// <param name="entity">Whose facts the lines of a plain text are; null where the file is JSON.</param>
    /// <param name="isDry">Whether to count only.</param>
    /// <param name="done">Gets the report after each transaction.</param>
    /// <exception cref="ModelContextProtocol.McpException">The file cannot be read, or the memory cannot be written.</exception>
    public async Task<ImportReport> RunAsync(
        Stream content,
        string space,
        string by,
        string? entity,
        bool isDry,
        Action<ImportReport>? done,
        CancellationToken cancellationToken
    )
    {
        if (entity is not null)
        {
            TextRules.CheckName(entity, "entity");
        }

        var report = new ImportReport { DryRun = isDry };
        var batch = new Batch(options.Value.AllowDanglingRelations, report, isDry);
        var items = new List<ImportItem>();
        var size = 0;
        try
        {
            await using var text = await PlainText.OpenAsync(content, cancellationToken);
            await foreach (var item in ReadAsync(text, entity, cancellationToken))
            {
                items.Add(item);
                size += SizeOf(item);
                if (items.Count >= MostItems || size >= MostCharacters)
                {
                    await FlushAsync();
                }
            }
        }
        catch (InvalidDataException)
        {
            report.Tell("the gzip of the file is damaged or cut short: what could be read before that was taken in, and the rest was not");
        }

        await FlushAsync();
        items.AddRange(batch.TakeWaiting());
        batch.IsLast = true;
        await FlushAsync();
        return report;

        async Task FlushAsync()
        {
            batch.Keep();
            if (isDry)
            {
                await store.ReadAsync(space, graph => batch.Anew().Count(graph, items), cancellationToken);
            }
            else if (items.Count > 0)
            {
                await store.WriteAsync(space, by, graph => batch.Anew().Apply(graph, items), cancellationToken);
            }

            items.Clear();
            size = 0;
            done?.Invoke(report);
        }
    }

    private static async IAsyncEnumerable<ImportItem> ReadAsync(
        Stream content,
        string? entity,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var facts = entity is null ? null : new FactLines();
        var last = "";
        var isTold = false;
        await foreach (var (place, value, text) in JsonValues.ReadAsync(content, cancellationToken))
        {
            last = place;
            using (value)
            {
                var items =
                    facts is not null && IsText(value) ? FactsOf(place, entity!, facts, text.Span)
                    : value is not null ? GraphItems.Of(place, value.RootElement)
                    : [new ImportProblem(place, FindEncodingProblem(text.Span) ?? ProblemOf(text.Span, ref isTold))];
                foreach (var item in items)
                {
                    yield return item;
                }
            }
        }

        foreach (var item in facts is null ? [] : AssistantMemories.FactsOf(last, entity!, TypeOfText, [.. facts.End()]))
        {
            yield return item;
        }
    }

    /// <summary>Whether what stands in a text is a part of it, and no item, such as a year or a line in brackets.</summary>
    private static bool IsText(JsonDocument? value) =>
        value?.RootElement is not { } root
        || root.ValueKind switch
        {
            JsonValueKind.Object => false,
            JsonValueKind.Array => !root.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object),
            _ => true,
        };

    private static IReadOnlyList<ImportItem> FactsOf(string place, string entity, FactLines facts, ReadOnlySpan<byte> text) =>
        FindEncodingProblem(text) is { } problem
            ? [new ImportProblem(place, problem)]
            : AssistantMemories.FactsOf(place, entity, TypeOfText, [.. Encoding.UTF8.GetString(text).Split('\n').SelectMany(facts.Read)]);

    /// <summary>What is no JSON is probably a plain text, where nothing of it looks as JSON does: what is to be done is told once.</summary>
    private static string ProblemOf(ReadOnlySpan<byte> text, ref bool isTold)
    {
        if (isTold || text.TrimStart(" \t"u8) is [(byte)'{' or (byte)'[', ..])
        {
            return "not valid JSON";
        }

        isTold = true;
        return "not valid JSON, which an import reads (a memory.jsonl, or an export of Claude or ChatGPT): to take the lines of a plain text as facts, "
            + "name the entity that they are about (POST /import?entity=NAME, Memory import --entity NAME, or the field on the page)";
    }

    /// <summary>What keeps bytes from being read as text, or null. Which of the older encodings they are in, they do not tell.</summary>
    private static string? FindEncodingProblem(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text)
            ? null
            : "not UTF-8, as in a file that was saved as Latin-1, Windows-1252 or another older encoding: save it as UTF-8 and import it again";

    private static int SizeOf(ImportItem item) =>
        item is ImportedEntity { Entity: var entity } ? entity.Observations.Sum(f => f.Text.Length) : 1;

    /// <summary>Applies items, or counts what they would do. Relations wait for the end where an end of theirs is still to come.</summary>
    private sealed class Batch(bool allowDangling, ImportReport report, bool isDry)
    {
        private readonly List<ImportedRelation> waiting = [];

        /// <summary>In a dry run, what would be stored by now, as far as the file has brought it: the texts as their hashes.</summary>
        private readonly Dictionary<string, (string Type, HashSet<int> Facts)> known = new(StringComparer.Ordinal);
        private readonly HashSet<(int, int)> knownRelations = [];

        /// <summary>Takes back what was learnt since <see cref="Keep"/>, the last first.</summary>
        private readonly Stack<Action> forgetting = [];
        private ImportReport before = new();
        private int waitingBefore;

        public bool IsLast { get; set; }

        public List<ImportedRelation> TakeWaiting()
        {
            List<ImportedRelation> taken = [.. waiting];
            waiting.Clear();
            return taken;
        }

        /// <summary>Forgets what was counted since <see cref="Keep"/>: the database may run a transaction more than once.</summary>
        public Batch Anew()
        {
            report.BecomeLike(before);
            waiting.RemoveRange(waitingBefore, waiting.Count - waitingBefore);
            while (forgetting.TryPop(out var forget))
            {
                forget();
            }

            return this;
        }

        public void Keep()
        {
            before = report.Copy();
            waitingBefore = waiting.Count;
            forgetting.Clear();
        }

        public bool Apply(GraphWriter graph, List<ImportItem> items)
        {
            foreach (var item in items)
            {
                switch (item)
                {
                    case ImportedEntity entity when graph.CreateEntity(entity.Entity):
                        report.EntitiesCreated++;
                        report.Observations += entity.Entity.Observations.Count;
                        report.Used++;
                        break;
                    case ImportedEntity entity:
                        report.Observations += graph
                            .RestoreFacts(
                                entity.Entity.Name,
                                entity.Entity.Observations.Select(f => new Fact(0, f.Text, f.At ?? graph.Now, f.Until))
                            )
                            .Count;
                        TellJoined(entity, graph.TypeOf(entity.Entity.Name)!);
                        break;
                    case ImportedRelation relation when MustWait(relation, graph.MissingEndOf):
                        break;
                    case ImportedRelation relation:
                        report.Relations += graph.RestoreRelation(relation.Relation) ? 1 : 0;
                        report.Used++;
                        break;
                    case var problem:
                        report.Tell(problem.ToString()!);
                        break;
                }
            }

            return true;
        }

        public bool Count(Database.GraphReader graph, List<ImportItem> items)
        {
            foreach (var item in items)
            {
                switch (item)
                {
                    case ImportedEntity { Entity: var entity } imported:
                        if (!known.TryGetValue(entity.Name, out var stored))
                        {
                            if (graph.FindEntities([entity.Name]) is not [var id])
                            {
                                Learn(entity.Name, (entity.EntityType, HashesOf(entity.Observations.Select(f => f.Text))));
                                report.EntitiesCreated++;
                                report.Observations += entity.Observations.Count;
                                report.Used++;
                                break;
                            }

                            stored = (graph.EntityOf(id).EntityType, HashesOf(graph.FactsOf(id).Select(f => f.Text)));
                            Learn(entity.Name, stored);
                        }

                        report.Observations += HashesOf(entity.Observations.Select(f => f.Text)).Count(hash => Learn(stored.Facts, hash));
                        TellJoined(imported, stored.Type);
                        break;
                    case ImportedRelation relation when MustWait(relation, r => MissingEndOf(graph, r)):
                        break;
                    case ImportedRelation relation:
                        report.Relations += IsNew(graph, relation.Relation.ToRelation()) ? 1 : 0;
                        report.Used++;
                        break;
                    case var problem:
                        report.Tell(problem.ToString()!);
                        break;
                }
            }

            return isDry;
        }

        private void Learn(string name, (string Type, HashSet<int> Facts) entity)
        {
            known.Add(name, entity);
            forgetting.Push(() => known.Remove(name));
        }

        private bool Learn<T>(HashSet<T> those, T value)
        {
            if (!those.Add(value))
            {
                return false;
            }

            forgetting.Push(() => those.Remove(value));
            return true;
        }

        private bool IsNew(Database.GraphReader graph, Relation relation) =>
            !graph.Has(relation)
            && Learn(
                knownRelations,
                (
                    HashCode.Combine(relation.From, relation.RelationType, relation.To),
                    HashCode.Combine(relation.To, relation.From, relation.RelationType)
                )
            );

        private static HashSet<int> HashesOf(IEnumerable<string> texts) =>
            [.. texts.Select(text => text.GetHashCode(StringComparison.Ordinal))];

        private string? MissingEndOf(Database.GraphReader graph, Relation relation) =>
            ((string[])[relation.From, relation.To]).FirstOrDefault(end => !known.ContainsKey(end) && graph.FindEntities([end]).Count == 0);

        private void TellJoined(ImportedEntity entity, string type)
        {
            report.EntitiesJoined++;
            report.Used++;
            if (type != entity.Entity.EntityType)
            {
                report.Tell(
                    $"{entity.Place}: the entity '{entity.Entity.Name}' exists already and stays {EntityType.InWords(type)}, its observations joined it"
                );
            }
        }

        private bool MustWait(ImportedRelation relation, Func<Relation, string?> missingEndOf)
        {
            if (allowDangling || missingEndOf(relation.Relation.ToRelation()) is not { } missing)
            {
                return false;
            }

            if (IsLast)
            {
                report.Tell(
                    $"{relation.Place}: the relation's end '{missing}' does not exist; it was left out "
                        + "(MEMORY_ALLOW_DANGLING_RELATIONS=true keeps such relations)"
                );
            }
            else
            {
                waiting.Add(relation);
            }

            return true;
        }
    }
}
