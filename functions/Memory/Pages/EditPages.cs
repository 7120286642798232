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
        var (name, to, type) = (form.Required("name", "The name"), form.Required("to", "The new name").Trim(), form["type"] ?? "");
        TextRules.CheckName(to, "name");
        var done = await request.WriteAsync(
            "rename_entity",
            graph =>
            {
                var before = graph.TypeOf(name);
                var corrections = new GraphCorrections(graph);
                if (type.Length > 0 && type != before)
                {
                    TextRules.CheckName(type, "type");
                    corrections.SetType(name, type);
                }

                if (to != name)
                {
                    corrections.Rename(name, to);
                }

                return (Renamed: to != name, Retyped: type.Length > 0 && type != before);
            }
        );
        await request.GoToAsync(
            request.ToEntity(to),
            done switch
            {
                (true, true) => $"{name} is now {to}, a {type}.",
                (true, false) => $"{name} is now {to}.",
                (false, true) => $"{to} is now a {type}.",
                _ => "Nothing was to be changed.",
            }
        );
    }
}
