using System.Text.Json;
using McpGateway.Console.Frame;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Console.Trying;

/// <summary>Every tool as a client sees it, and a form to try one.</summary>
internal static class ToolsPage
{
    private const string Path = "/console/tools";
    private const string RunPath = "/console/tools/run";

    public static ConsoleSection Section { get; } =
        new(
            Path,
            "Tools",
            pages =>
                pages
                    .Get(Path, ShowListAsync)
                    .Get(RunPath, request => ShowToolAsync(request, request.Query("tool"), form: null, Html.Empty))
                    .Post(RunPath, RunAsync)
        )
        {
            Order = 90,
        };

    private static async Task ShowListAsync(ConsoleRequest request)
    {
        var all = request.Query("all") is not null;
        var tools = await request.Get<OwnClient>().ListToolsAsync(request.Http, all);
        await request.ShowAsync(
            "Tools",
            Html.Of(
                $"""
                <p class="lead">{Pieces.Count(tools.Count, "tool")} as a client sees {(tools.Count == 1 ? "it" : "them")}{(all ? ", with every toolset" : "")}.</p>
                <p class="buttons">{(all
                    ? Html.Of($"""<a class="button" href="{Path}">Only what is on by default</a>""")
                    : Html.Of($"""<a class="button" href="{Path}?all=1">With every toolset</a>"""))}</p>
                <ul class="cards wider">{Html.Join(tools.Select(Card))}</ul>
                """
            )
        );
    }

    private static IHtmlContent Card(JsonElement tool) =>
        Html.Of(
            $"""
            <li><h2><a href="{QueryHelpers.AddQueryString(RunPath, "tool", NameOf(tool))}">{Visible.Of(NameOf(tool))}</a></h2>
            <p>{Tags(tool)}</p>
            <p class="soft">{Visible.Of(Cut.To(DescriptionOf(tool), 220))}</p></li>
            """
        );

    private static async Task ShowToolAsync(ConsoleRequest request, string? name, ConsoleForm? form, IHtmlContent answer)
    {
        var tool = await FindAsync(request, name);
        await request.ShowAsync(
            NameOf(tool),
            Html.Of(
                $"""
                <p>{Tags(tool)} <a href="/console/activity?name={Uri.EscapeDataString(NameOf(tool))}">Its calls</a></p>
                {Html.If(answer != Html.Empty, () => Html.Of($"""<section><h2>Answer</h2>{answer}</section>"""))}
                <div class="two">
                <section><h2>Try it</h2>
                {request.Form(
                    RunPath,
                    Html.Of(
                        $"""
                        <input type="hidden" name="tool" value="{NameOf(tool)}">
                        {ToolForm.Of(tool.GetProperty("inputSchema"), form)}
                        {Html.If(
                            Hint(tool, "destructiveHint") && !Hint(tool, "readOnlyHint"),
                            () =>
                                Html.Of(
                                    $"""<label class="choice"><input type="checkbox" name="sure" value="yes" required> It deletes or overwrites: run it really</label>"""
                                )
                        )}
                        <div class="buttons"><button class="main">Run</button><a class="button" href="{Path}">All tools</a></div>
                        <p class="soft">It runs in your own right, as the caller operator, and is noted in Activity.</p>
                        """
                    )
                )}
                </section>
                <section><h2>What a model reads</h2><p class="text">{Visible.Of(DescriptionOf(tool))}</p>
                <details><summary>Schemas</summary>{Html.Join(
                    tool.EnumerateObject()
                        .Where(member => member.Name is "inputSchema" or "outputSchema" or "annotations")
                        .Select(member =>
                            Html.Of($"""<h3>{member.Name}</h3><pre class="text answer" tabindex="0" role="region" aria-label="{member.Name}">{Visible.Of(ToolAnswer.Indented(member.Value))}</pre>""")
                        )
                )}</details></section>
                </div>
                """
            )
        );
    }

    private static async Task RunAsync(ConsoleRequest request, ConsoleForm form)
    {
        var tool = await FindAsync(request, form["tool"]);
        if (Hint(tool, "destructiveHint") && !Hint(tool, "readOnlyHint") && form["sure"] != "yes")
        {
            throw new ConsoleException(
                $"{NameOf(tool)} deletes or overwrites: tick the box that says so, and run it again. Nothing was run."
            );
        }

        var time = request.Get<TimeProvider>();
        var started = time.GetTimestamp();
        IHtmlContent answer;
        try
        {
            var arguments = ToolForm.ArgumentsIn(tool.GetProperty("inputSchema"), form);
            answer = ToolAnswer.Of(
                await request.Get<OwnClient>().CallToolAsync(request.Http, NameOf(tool), arguments),
                time.GetElapsedTime(started)
            );
        }
        catch (ConsoleException e)
        {
            // What was typed stays.
            answer = Html.Of($"""<p class="bad" role="alert">{e.Message}</p>""");
        }

        await ShowToolAsync(request, NameOf(tool), form, answer);
    }

    private static async Task<JsonElement> FindAsync(ConsoleRequest request, string? name)
    {
        var tools = await request.Get<OwnClient>().ListToolsAsync(request.Http, all: true);
        return tools.FirstOrDefault(tool => NameOf(tool) == name) is { ValueKind: JsonValueKind.Object } found
            ? found
            : throw new ConsoleException("There is no such tool, or a setting leaves it out: see Tools for those there are.", 404);
    }

    private static IHtmlContent Tags(JsonElement tool) =>
        Hint(tool, "readOnlyHint") ? Html.Of($"""<span class="tag ok">reads</span>""")
        : Hint(tool, "destructiveHint") ? Html.Of($"""<span class="tag wrong">deletes or overwrites</span>""")
        : Html.Of($"""<span class="tag wait">changes</span>""");

    private static bool Hint(JsonElement tool, string hint) =>
        tool.TryGetProperty("annotations", out var annotations)
        && annotations.TryGetProperty(hint, out var value)
        && value.ValueKind == JsonValueKind.True;

    private static string NameOf(JsonElement tool) => tool.GetProperty("name").GetString()!;

    private static string DescriptionOf(JsonElement tool) =>
        tool.TryGetProperty("description", out var description) ? description.GetString() ?? "" : "";
}
