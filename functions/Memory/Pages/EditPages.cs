using McpGateway.Console;
using Memory.Graph;
using Memory.Storage;

namespace Memory.Pages;

/// <summary>Forms that add to an entity or correct it.</summary>
internal static class EditPages
{
    public static async Task CreateAsync(MemoryRequest request, ConsoleForm form)
    {
        var facts = (form["facts"] ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var entity = new Entity(form.Required("name", "The name").Trim(), form.Required("type", "The type").Trim(), facts);
        TextRules.Check([entity]);
        var created = await request.CreateAsync(entity);
        await request.GoToAsync(
            request.ToEntity(entity.Name),
            created.Entities.Count > 0
                ? $"Remembered: {entity.Name}.{(created.Similar is [var near, ..] ? $" There is also {near.SimilarTo}: are they the same?" : "")}"
                : $"{entity.Name} exists already, and nothing was stored: add what is new about it here."
        );
    }

    public static async Task AddAsync(MemoryRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        var fact = form.Required("fact", "The fact").Trim().ReplaceLineEndings("\n");
        var addition = new ObservationAddition(name, [fact], form["until"]);
        TextRules.Check([addition]);
        var result = await request.WriteAsync(
            "add_observations",
            graph => graph.AddObservations(name, [fact], Moments.ValidUntil(form["until"], "until", graph.Now))
        );
        await request.GoToAsync(
            request.ToEntity(name),
            result.Added.Count > 0 ? "Added." : "That was known already; it counts as confirmed today."
        );
    }

    /// <summary>Gives an entity another name, another type, or both.</summary>
    public static async Task RenameAsync(MemoryRequest request, ConsoleForm form)
    {
        var (name, to) = (form.Required("name", "The name"), form.Required("to", "The new name").Trim());
        // A field that was emptied takes the type away.
        var given = form.Names.Contains("type") ? form["type"] ?? "" : null;
        TextRules.CheckName(to, "name");
        var done = await request.WriteAsync(
            "rename_entity",
            graph =>
            {
                var corrections = new GraphCorrections(graph);
                var type = given == graph.TypeOf(name) ? null : given;
                if (type is not null)
                {
                    TextRules.CheckType(type, "type");
                    corrections.SetType(name, type);
                }

                if (to != name)
                {
                    corrections.Rename(name, to);
                }

                return (Renamed: to != name, Type: type);
            }
        );
        await request.GoToAsync(
            request.ToEntity(to),
            done switch
            {
                (true, { } type) => $"{name} is now {to}, {EntityType.InWords(type)}.",
                (true, null) => $"{name} is now {to}.",
                (false, { } type) => $"{to} is now {EntityType.InWords(type)}.",
                _ => "Nothing was to be changed.",
            }
        );
    }
}
