using McpGateway.Console;
using McpGateway.Text;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Memory.Pages;

/// <summary>Makes one entity of two: first which, then what will be, then it is done.</summary>
internal static class MergePage
{
    private const int MostChoices = 12;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var from = request["from"] ?? throw new ConsoleException("The address lacks the entity that is merged: choose Merge on its page.");
        if (request["into"] is { } into)
        {
            await ConfirmAsync(request, from, into);
            return;
        }

        var choices = await request.ReadAsync(graph =>
        {
            var question = request["q"] ?? from;
            return new GraphSearch(graph.Space)
                .Find(question, null)
                .Ranked.Select(found => graph.EntityOf(found.Entity))
                .Where(entity => entity.Name != from)
                .Take(MostChoices)
                .ToList();
        });
        await request.ShowAsync(
            $"Merge {from} into another",
            "duplicates",
            Html.Of(
                $"""
                <section class="narrow">
                <form method="get" action="{MemoryRequest.Address(
                    "merge",
                    Database.Spaces.Default
                )}" role="search">{request.HiddenSpace}{MemoryRequest.Hidden("from", from)}
                <label for="q">Which entity is the same?</label><input id="q" name="q" type="search" value="{request["q"]}">
                <div class="buttons"><button>Search</button><a class="button" href="{request.ToEntity(from)}">Leave it</a></div></form>
                <ul class="list">{Html.Join(choices.Select(choice => Choice(request, from, choice)))}</ul>
                {Html.If(choices.Count == 0, () => Html.Of($"""<p role="status">Nothing like it was found.</p>"""))}
                </section>
                """
            )
        );
    }

    public static async Task TakeAsync(MemoryRequest request, ConsoleForm form)
    {
        var (from, into) = (form.Required("from", "The entity that goes"), form.Required("into", "The entity that stays"));
        CheckDiffer(from, into);
        await request.WriteAsync(
            "merge_entities",
            graph =>
            {
                new GraphCorrections(graph).Merge([from], into);
                return true;
            }
        );
        await request.GoToAsync(
            request.ToEntity(into),
            $"{from} is part of {into} now. If that was a mistake, the history below takes it back."
        );
    }

    private static async Task ConfirmAsync(MemoryRequest request, string from, string into)
    {
        CheckDiffer(from, into);
        var (going, staying) = await request.ReadAsync(graph => (Read(graph, from), Read(graph, into)));
        await request.ShowAsync(
            $"Merge {from} into {into}?",
            "duplicates",
            Html.Of(
                $"""
                <div class="two">{Side(request, "This one goes", going)}{Side(request, "This one stays", staying)}</div>
                <section>
                <p>All facts and relations of {from} join those of {into}, under its name and type; relations between the two go. It can be undone.</p>
                {request.Form(
                    "merge",
                    Html.Of(
                        $"""
                        {MemoryRequest.Hidden("from", from)}{MemoryRequest.Hidden("into", into)}
                        <div class="buttons"><button class="main">Merge</button>
                        <a class="button" href="{request.To("merge", ("from", into), ("into", from))}">The other way round</a>
                        <a class="button" href="{request.ToEntity(from)}">Leave both</a></div>
                        """
                    )
                )}
                </section>
                """
            )
        );
    }

    private static (StoredEntity Entity, int Relations) Read(Database.GraphReader graph, string name) =>
        graph.FindEntities([name]) is [var id]
            ? (graph.EntityOf(id).With(graph.FactsOf(id)), graph.CountRelations(name))
            : throw new ConsoleException(
                $"Entity with name {NotFound.Of(name, NearNames.Find(graph.Space, name))} not found",
                StatusCodes.Status404NotFound
            );

    private static void CheckDiffer(string from, string into)
    {
        if (from == into)
        {
            throw new ConsoleException($"{from} cannot be merged into itself: choose another entity. Nothing was changed.");
        }
    }

    private static IHtmlContent Side(MemoryRequest request, string title, (StoredEntity Entity, int Relations) side) =>
        Html.Of(
            $"""
            <section><h2>{title}: {request.Link(side.Entity.Name)} <span class="tag">{side.Entity.EntityType}</span></h2>
            <ul class="factlist">{Html.Join(
                side.Entity.Observations.TakeLast(12).Select(fact => Html.Of($"<li>{Cut.To(fact, 300)}</li>"))
            )}</ul>
            <p class="soft">{MemoryRequest.Counted(side.Entity.Observations.Count, "fact")}, {MemoryRequest.Counted(
                side.Relations,
                "relation"
            )}</p></section>
            """
        );

    private static IHtmlContent Choice(MemoryRequest request, string from, StoredEntity choice) =>
        Html.Of(
            $"""
            <li>{request.Link(choice.Name)} <span class="tag">{choice.EntityType}</span>
            <a class="button" href="{request.To(
                "merge",
                ("from", from),
                ("into", choice.Name)
            )}" aria-label="Merge {from} into {choice.Name}">Choose</a></li>
            """
        );
}
