using McpGateway.Console;
using McpGateway.Text;
using Memory.Graph;
using Memory.Storage;
using Microsoft.AspNetCore.Http;

namespace Memory.Pages;

/// <summary>Corrects or forgets one fact.</summary>
internal static class FactPage
{
    public static async Task ShowAsync(MemoryRequest request)
    {
        var (name, id) = (request.Name, request.Number("fact"));
        var fact = await request.ReadAsync(graph =>
            graph.FindEntities([name]) is [var entity] ? graph.FactsOf(entity).FirstOrDefault(each => each.Id == id) : null
        );
        if (fact is null)
        {
            throw new ConsoleException($"This fact about {name} is not stored any more.", StatusCodes.Status404NotFound);
        }

        await request.ShowAsync(
            "Correct a fact",
            "",
            Html.Of(
                $"""
                <section class="narrow">
                <p>About {request.Link(name)}, stored {request.Time(fact.At)}</p>
                {request.Form(
                    "fact",
                    Html.Of(
                        $"""
                        {MemoryRequest.Hidden("name", name)}{MemoryRequest.Hidden("old", fact.Text)}
                        <label for="new">What is true</label><textarea id="new" name="new">{fact.Text}</textarea>
                        <label for="until">True until, if it ends</label>
                        <input id="until" name="until" type="date" value="{(fact.Until is null ? "" : Moments.DayOf(Moments.LastBefore(fact.Until)))}">
                        <div class="buttons"><button class="main" name="do" value="save">Save</button>
                        <button class="end" name="do" value="delete">Forget this fact</button>
                        <a class="button" href="{request.ToEntity(name)}">Leave it as it is</a></div>
                        """
                    )
                )}
                <p class="soft">What was there stays in the history, and can be brought back.</p>
                </section>
                """
            )
        );
    }

    public static async Task TakeAsync(MemoryRequest request, ConsoleForm form)
    {
        // A browser sends line feeds as two characters, and the stored text has one.
        var (name, old) = (form.Required("name", "The name"), form.Required("old", "The fact"));
        if (form["do"] == "delete")
        {
            var deleted = await request.WriteAsync(
                "delete_observations",
                graph => Stored(graph, name, old) is { } text ? graph.DeleteObservations(name, [text]).Count : 0
            );
            await request.GoToAsync(
                request.ToEntity(name),
                deleted > 0 ? "Forgotten. The history can bring it back." : "That fact was not there any more: nothing was changed."
            );
            return;
        }

        var update = form.Required("new", "What is true").Trim().ReplaceLineEndings("\n");
        await request.WriteAsync(
            "update_observations",
            graph =>
            {
                ObservationUpdate[] updates =
                [
                    new(name, Stored(graph, name, old) ?? old, update, form["until"] is { Length: > 0 } until ? until : Moments.NoEnd),
                ];
                TextRules.Check(updates);
                return new GraphCorrections(graph).Update(updates);
            }
        );
        await request.GoToAsync(request.ToEntity(name), "Corrected.");
    }

    private static string? Stored(GraphWriter graph, string name, string sent) =>
        graph.ObservationsOf(name).FirstOrDefault(text => text == sent)
        ?? graph.ObservationsOf(name).FirstOrDefault(text => text.ReplaceLineEndings("\n") == sent.ReplaceLineEndings("\n"));
}
