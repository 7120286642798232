using McpGateway.Console;
using McpGateway.Text;
using Memory.Graph;

namespace Memory.Pages;

/// <summary>Relates two entities, and asks before a relation goes.</summary>
internal static class RelationPage
{
    public static async Task CreateAsync(MemoryRequest request, ConsoleForm form)
    {
        var relation = Of(form["from"], form["to"], form["type"]);
        TextRules.Check([relation]);
        var created = await request.WriteAsync("create_relations", graph => graph.CreateRelations([relation]));
        await request.GoToAsync(
            request.ToEntity(relation.From),
            created.Count > 0 ? $"Added: {ToText(relation)}." : "That relation was there already."
        );
    }

    public static async Task ShowAsync(MemoryRequest request)
    {
        var relation = Of(request["from"], request["to"], request["type"]);
        await request.ShowAsync(
            "Remove this relation?",
            "",
            Html.Of(
                $"""
                <section class="narrow">
                <p>{request.Link(relation.From)} <em>{relation.RelationType}</em> {request.Link(relation.To)}</p>
                {request.Form(
                    "relation",
                    Html.Of(
                        $"""
                        {MemoryRequest.Hidden("from", relation.From)}{MemoryRequest.Hidden("to", relation.To)}
                        {MemoryRequest.Hidden("type", relation.RelationType)}
                        <div class="buttons"><button class="end">Remove</button><a class="button" href="{request.ToEntity(relation.From)}">Keep it</a></div>
                        """
                    )
                )}
                </section>
                """
            )
        );
    }

    public static async Task DeleteAsync(MemoryRequest request, ConsoleForm form)
    {
        var relation = Of(form["from"], form["to"], form["type"]);
        var isDone = await request.WriteAsync("delete_relations", graph => graph.DeleteRelation(relation));
        await request.GoToAsync(
            request.ToEntity(relation.From),
            isDone ? $"Removed: {ToText(relation)}. The history can bring it back." : "That relation was not there any more."
        );
    }

    private static Relation Of(string? from, string? to, string? type) =>
        from is null || to is null
            ? throw new ConsoleException("A relation needs the names of two entities: fill both in.")
            : new(from, to, type ?? "");

    private static string ToText(Relation relation) => $"{relation.From} {relation.RelationType} {relation.To}";
}
