using McpGateway.Text;
using Memory.Database;
using Memory.Graph;
using Memory.Storage;
using Microsoft.AspNetCore.Html;

namespace Memory.Pages;

/// <summary>All that is known about one entity.</summary>
internal static class EntityPage
{
    private const int MostFacts = 60;
    private const int MostRelations = 60;
    private const int MostChanges = 8;
    private const int LongestFact = 1_500;

    /// <summary>The entity as it is stored, with one more fact and relation than the page shows where there are more.</summary>
    private sealed record Content(
        StoredEntity Entity,
        string CreatedAt,
        IReadOnlyList<Fact> Facts,
        int FactCount,
        IReadOnlyList<StoredRelation> Relations,
        int RelationCount,
        Neighborhood Around,
        IReadOnlyList<GraphHistory.Entry> Changes
    );

    public static async Task ShowAsync(MemoryRequest request)
    {
        var name = request.Name;
        var (beforeFact, afterRelation) = (request.Number("before") ?? long.MaxValue, request.Number("after") ?? 0);
        var content = await request.ReadAsync(graph => Read(graph, name, beforeFact, afterRelation));
        if (content is null)
        {
            await GoneAsync(request, name);
            return;
        }

        await request.ShowAsync(
            name,
            "",
            Html.Of(
                $"""
                <p><span class="tag">{content.Entity.EntityType}</span> <span class="soft">stored {request.Time(
                    content.CreatedAt
                )}, changed {request.Time(content.Entity.UpdatedAt!)}</span></p>
                <div class="two">
                {Facts(request, content)}
                {Relations(request, content)}
                </div>
                {Changes(request, content)}
                {Corrections(request, content.Entity)}
                """
            )
        );
    }

    private static Content? Read(GraphReader graph, string name, long beforeFact, long afterRelation)
    {
        if (graph.FindEntities([name]) is not [var id])
        {
            return null;
        }

        var facts = graph.FactsOf(id);
        return new(
            graph.EntityOf(id),
            graph.CreatedAt(id)!,
            [.. facts.Where(fact => fact.Id < beforeFact).Reverse().Take(MostFacts + 1)],
            facts.Count,
            [.. graph.RelationsOf(name, afterRelation).Take(MostRelations + 1)],
            graph.CountRelations(name),
            new GraphWalk(graph, [], "both").Around(name, 1, EgoPicture.Most),
            [.. new GraphHistory(graph.Space).OfEntity(name, long.MaxValue).Take(MostChanges + 1)]
        );
    }

    private static async Task GoneAsync(MemoryRequest request, string name)
    {
        var (near, changes) = await request.ReadAsync(graph =>
            (Search.NearNames.Find(graph.Space, name), new GraphHistory(graph.Space).OfEntity(name, long.MaxValue).Take(1).ToList())
        );
        await request.ShowAsync(
            name,
            "",
            Html.Of(
                $"""
                <section><p role="status">There is no entity with this name{(changes.Count > 0 ? " any more" : "")}.</p>
                {Html.If(near is not null, () => Html.Of($"<p>Did you mean {request.Link(near!)}?</p>"))}
                {Html.If(
                    changes.Count > 0,
                    () => Html.Of($"""<p><a class="button" href="{request.To("changes", ("entity", name))}">What became of it</a></p>""")
                )}
                </section>
                """
            )
        );
    }

    private static IHtmlContent Facts(MemoryRequest request, Content content) =>
        Html.Of(
            $"""
            <section aria-labelledby="facts">
            <h2 id="facts">{MemoryRequest.Counted(content.FactCount, "fact")}</h2>
            {Html.If(content.Facts.Count == 0, () => Html.Of($"""<p class="soft">Nothing is known about it but its relations.</p>"""))}
            <ul class="list facts-of">{Html.Join(content.Facts.Take(MostFacts).Select(fact => FactItem(request, content.Entity.Name, fact)))}</ul>
            {Html.If(
                content.Facts.Count > MostFacts,
                () => Html.Of($"""<p class="pager"><a class="button" href="{request.To("entity", ("name", content.Entity.Name), ("before", $"{content.Facts[MostFacts - 1].Id}"))}">Older facts</a></p>""")
            )}
            {request.Form(
                "add",
                Html.Of(
                    $"""
                    {MemoryRequest.Hidden("name", content.Entity.Name)}
                    <label for="fact">Add a fact</label><textarea id="fact" name="fact" required class="short"></textarea>
                    <label for="until">True until, if it ends</label><input id="until" name="until" type="date">
                    <div class="buttons"><button>Add</button></div>
                    """
                )
            )}
            </section>
            """
        );

    private static IHtmlContent FactItem(MemoryRequest request, string name, Fact fact) =>
        Html.Of(
            $"""
            <li><span class="text">{Cut.To(fact.Text, LongestFact)}</span>
            <span class="soft">{request.Time(fact.At)}{Html.If(
                fact.Until is not null,
                () => Html.Of($", true until {Moments.LastBefore(fact.Until!)}")
            )}
            · <a href="{request.To("fact", ("name", name), ("fact", $"{fact.Id}"))}" aria-label="Correct: {Cut.To(
                fact.Text,
                80
            )}">Correct</a></span></li>
            """
        );

    private static IHtmlContent Relations(MemoryRequest request, Content content)
    {
        var name = content.Entity.Name;
        return Html.Of(
            $"""
            <section aria-labelledby="relations">
            <h2 id="relations">{MemoryRequest.Counted(content.RelationCount, "relation")}</h2>
            {EgoPicture.Of(request, content.Entity, content.Around)}
            <ul class="list relations">{Html.Join(content.Relations.Take(MostRelations).Select(stored => RelationItem(request, name, stored)))}</ul>
            {Html.If(
                content.Relations.Count > MostRelations,
                () => Html.Of($"""<p class="pager"><a class="button" href="{request.To("entity", ("name", name), ("after", $"{content.Relations[MostRelations - 1].Id}"))}">More relations</a></p>""")
            )}
            <details><summary>Add a relation</summary>
            {request.Form(
                "relate",
                Html.Of(
                    $"""
                    {MemoryRequest.Hidden("from", name)}
                    <label for="relation-type">{name} …, such as works at</label><input id="relation-type" name="type" required maxlength="2000">
                    <label for="relation-to">… the entity with the name</label><input id="relation-to" name="to" required maxlength="2000">
                    <div class="buttons"><button>Add</button></div>
                    """
                )
            )}
            </details>
            <p><a href="{request.To("graph", ("name", name))}">See it in the graph</a></p>
            </section>
            """
        );
    }

    private static IHtmlContent RelationItem(MemoryRequest request, string name, StoredRelation stored)
    {
        var relation = stored.Relation;
        var remove = request.To("relation", ("from", relation.From), ("type", relation.RelationType), ("to", relation.To));
        return Html.Of(
            $"""
            <li><span>{(relation.From == name ? Html.Of($"{name}") : request.Link(relation.From))} <em>{relation.RelationType}</em> {(
                relation.To == name ? Html.Of($"{name}") : request.Link(relation.To)
            )}</span>
            <span class="soft">{request.Time(stored.CreatedAt)} · <a href="{remove}" aria-label="Remove: {relation.From} {relation.RelationType} {relation.To}">Remove</a></span></li>
            """
        );
    }

    private static IHtmlContent Changes(MemoryRequest request, Content content) =>
        Html.Of(
            $"""
            <section aria-labelledby="history">
            <h2 id="history">History</h2>
            <ul class="list">{Html.Join(
                content.Changes.Take(MostChanges).Select(entry => ChangeWords.Item(request, GraphHistory.ToChange(entry), saysWhen: true))
            )}</ul>
            <p><a href="{request.To("changes", ("entity", content.Entity.Name))}">{(
                content.Changes.Count > MostChanges ? "All changes" : "Undo changes"
            )}</a></p>
            </section>
            """
        );

    private static IHtmlContent Corrections(MemoryRequest request, StoredEntity entity) =>
        Html.Of(
            $"""
            <section aria-labelledby="correct"><h2 id="correct">Correct it</h2>
            {request.Form(
                "rename",
                Html.Of(
                    $"""
                    {MemoryRequest.Hidden("name", entity.Name)}
                    <div class="filters">
                    <div><label for="rename-name">Name</label><input id="rename-name" name="to" value="{entity.Name}" required maxlength="2000"></div>
                    <div><label for="rename-type">Type</label><input id="rename-type" name="type" value="{entity.EntityType}" maxlength="2000"></div>
                    <div class="buttons"><button>Save</button></div>
                    </div>
                    """
                )
            )}
            <p class="buttons"><a class="button" href="{request.To("merge", ("from", entity.Name))}">Merge into another</a>
            <a class="button end" href="{request.To("delete", ("name", entity.Name))}">Delete</a></p>
            </section>
            """
        );
}
