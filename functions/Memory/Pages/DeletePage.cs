using McpGateway.Console;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;

namespace Memory.Pages;

/// <summary>Asks before an entity goes.</summary>
internal static class DeletePage
{
    public static async Task ShowAsync(MemoryRequest request)
    {
        var name = request.Name;
        var (facts, relations) = await request.ReadAsync(graph =>
            graph.FindEntities([name]) is [var id]
                ? (graph.FactsOf(id).Count, graph.CountRelations(name))
                : throw new ConsoleException($"There is no entity {name}: it may have been deleted before.", StatusCodes.Status404NotFound)
        );
        await request.ShowAsync(
            $"Delete {name}?",
            "",
            Html.Of(
                $"""
                <section class="narrow">
                <p>{MemoryRequest.Counted(facts, "fact")} and {MemoryRequest.Counted(relations, "relation")} go with it. All of it stays in the history, and
                <a href="{request.To("changes")}">Changes</a> can bring it back.</p>
                {request.Form(
                    "delete",
                    Html.Of(
                        $"""
                        {MemoryRequest.Hidden("name", name)}
                        <div class="buttons"><button class="end">Delete</button><a class="button" href="{request.ToEntity(name)}">Keep it</a></div>
                        """
                    )
                )}
                </section>
                """
            )
        );
    }

    public static async Task TakeAsync(MemoryRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        var isDone = await request.WriteAsync("delete_entities", graph => graph.DeleteEntity(name));
        await request.GoToAsync(
            request.To("changes"),
            isDone ? $"Deleted: {name}. Take it back here if it was a mistake." : $"{name} was not there any more: nothing was changed."
        );
    }
}
