using McpGateway.Authentication;
using McpGateway.Console.Frame;
using McpGateway.Health;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace McpGateway.Console.Landing;

/// <summary>What this is, whether it is well, and how to connect: for everybody.</summary>
/// <param name="console">Whether there is a console that can be opened.</param>
internal sealed class LandingPage(
    GatewayService service,
    IOptions<GatewayOptions> options,
    IOptions<ConsoleOptions> consoleOptions,
    Door door,
    IEnumerable<ICallerSource> sources,
    HealthCheckService checks,
    PageFrame frame,
    ConsoleDoor console
)
{
    public Task HandleAsync(HttpContext context) => PageFrame.IsAskedFor(context.Request) ? ShowAsync(context) : WriteNoteAsync(context);

    private async Task ShowAsync(HttpContext context)
    {
        var problems = await checks.FindProblemsAsync(context.RequestAborted);
        var way = new WayIn(door.HasTokens || await WereTokensMadeAsync(context.RequestAborted), door.HasLogin);
        var url = GatewayAddress.Of(options.Value, context.Request) + "/mcp";
        await frame.WriteAsync(
            context,
            StatusCodes.Status200OK,
            "MCP gateway",
            Html.Of($"""<nav aria-label="Gateway"><a href="#connect">Connect</a><a href="/console">Console</a></nav>"""),
            Html.Of(
                $"""
                <h1>{service.Title}, an MCP gateway</h1>
                <p class="lead">{service.Description}</p>
                {State(problems)}
                <section id="connect"><h2>Connect a client</h2>
                <p>Its address. {way.Sentence}</p>
                {Pieces.Copyable(url, "the address of this gateway")}
                {Html.Join(Recipes.For(service.ShortName, url, way).Select((recipe, i) => Show(recipe, isOpen: i == 0)))}
                </section>
                <div class="two">
                <section><h2>For its operator</h2>{Operator()}</section>
                {Others()}
                </div>
                """
            )
        );
    }

    private static IHtmlContent State(IReadOnlyDictionary<string, string> problems) =>
        problems.Count == 0
            ? Html.Of($"""<p class="good" role="status">It runs, and all is well.</p>""")
            : Html.Of(
                $"""<div class="bad" role="alert">It runs, but not all is well:<ul>{Html.Join(
                    problems.Select(problem => Html.Of($"""<li>{problem.Key}: {problem.Value}</li>"""))
                )}</ul></div>"""
            );

    private static IHtmlContent Show(Recipe recipe, bool isOpen) =>
        Html.Of(
            $"""
            <details name="client"{Html.If(isOpen, () => Html.Of($" open"))}><summary>{recipe.Client}</summary>
            <p>{recipe.How}</p>
            {Html.If(recipe.Text is not null, () => Pieces.Copyable(recipe.Text!, recipe.What))}
            </details>
            """
        );

    private IHtmlContent Operator() =>
        console.IsOpen
            ? Html.Of(
                $"""
                <p>See what callers did, who has access, and what waits for you.</p>
                <div class="buttons"><a class="button main" href="/console">Open the console</a></div>
                """
            )
            : Html.Of(
                $"""
                <p>The console is closed: nobody could prove to be the operator. To open it, start the gateway with a secret of your own, and type that secret at <a href="/console">/console</a>:</p>
                {Pieces.Copyable("OPERATOR_SECRET=$(openssl rand -base64 24)", "the setting")}
                <p class="soft">Keep it in a password manager.</p>
                """
            );

    private IHtmlContent Others()
    {
        var others = Siblings.Of(consoleOptions.Value, service);
        return Html.If(
            others.Count > 0,
            () =>
                Html.Of(
                    $"""
                    <section><h2>Other gateways</h2><ul>{Html.Join(
                        others.Select(other =>
                            Html.Of($"""<li><a href="{other.Url.AbsoluteUri}">{other.Name}</a> <span class="soft">{other.Url.Authority}</span></li>""")
                        )
                    )}</ul></section>
                    """
                )
        );
    }

    private Task WriteNoteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(
            $"""
            {service.Name} {service.Version}: an MCP gateway. This address in a browser says how to connect a client.

            /mcp          the address to give to a client
            /health       whether it runs
            {(console.IsOpen ? "/console      for the operator" : "")}
            """.TrimEnd() + "\n",
            context.RequestAborted
        );
    }

    // What was made at run time closes a gateway that was open at the start.
    private async ValueTask<bool> WereTokensMadeAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.Where(source => source is not ILogin))
        {
            if (await source.HasAnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
