using System.Text;
using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Text;
using McpGateway.Tools;
using McpGateway.Tools.Budgets;
using Memory.Database;
using Memory.Graph;
using Memory.Import;
using Memory.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Memory.Export;

/// <summary>
/// A whole memory out and in by HTTP, of any size and while the service runs: for people and scripts, where tools would bring it page
/// by page.
/// </summary>
internal sealed class Transfer(MemoryStore store, CallerNamespace caller, GraphImport import, IOptions<McpOptions> options, AuditLog audit)
{
    private const int LinesAtOnce = 200;

    /// <summary>The tools that do the same piece by piece: who may not use them may not do this either.</summary>
    private static readonly string[] ExportTools = ["export_graph"];
    private static readonly string[] ImportTools = ["create_entities", "create_relations", "add_observations"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var transfer = Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<Transfer>(endpoints.ServiceProvider);
        foreach (var suffix in (string[])["", "/n/{namespace}"])
        {
            endpoints.MapMethods($"/export{suffix}", ["GET"], transfer.ExportAsync).RequireCaller();
            endpoints.MapMethods($"/import{suffix}", ["POST"], transfer.ImportAsync).RequireCaller();
        }
    }

    /// <summary>
    /// Lines of JSON. <c>after=entity:17</c> goes on after the line with that type and id; <c>format=official</c> leaves out what the
    /// official server does not know.
    /// </summary>
    private async Task ExportAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (TransferQuery.FindProblem(context.Request, "after", "format") is { } problem)
        {
            await RefuseAsync(context, problem);
            return;
        }

        var after = query["after"].ToString() is { Length: > 0 } text ? ExportPlace.Parse(text) : ExportPlace.Start;
        var format = query["format"].ToString();
        if (after is null || format is not ("" or "official"))
        {
            await RefuseAsync(
                context,
                after is null
                    ? $"after='{query["after"]}' is not a place: give the type and id of the last whole line, such as entity:17 or relation:5."
                    : $"format='{format}' is not known: use official, or leave it out."
            );
            return;
        }

        if (await FindNamespaceAsync(context, ExportTools) is not { } space || !await CountAsync(context, "memory_export"))
        {
            return;
        }

        try
        {
            if (Spaces.FindProblem(await store.NamespacesAsync(context.RequestAborted), space) is { } missing)
            {
                Note(context, "memory_export", "error");
                await Refusal.WriteAsync(context, StatusCodes.Status404NotFound, "Not Found", missing);
                return;
            }

            var lines = new GraphLines(format == "official");
            context.Response.ContentType = "application/jsonl; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            for (var place = after; place is not null; )
            {
                var from = place;
                (var read, place) = await store.ReadAsync(space, graph => lines.Read(graph, from, LinesAtOnce), context.RequestAborted);
                foreach (var line in read)
                {
                    await context.Response.WriteAsync(line + "\n", Encoding.UTF8, context.RequestAborted);
                }
            }

            Note(context, "memory_export", "ok");
        }
        catch (McpException e) when (!context.Response.HasStarted)
        {
            Note(context, "memory_export", "error");
            await Refusal.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", e.Message);
        }
    }

    /// <summary>
    /// Takes what an export gives, and the other forms of a memory. <c>dryRun=true</c> only counts; <c>entity=name</c> takes a plain
    /// text as facts of an entity.
    /// </summary>
    private async Task ImportAsync(HttpContext context)
    {
        if (options.Value.ReadOnly || context.User.GetRights().ReadOnly)
        {
            await ForbidAsync(context, "An import changes the memory, and this gateway or this token may only read.");
            return;
        }

        var query = context.Request.Query;
        if (TransferQuery.FindProblem(context.Request, "dryRun", "entity") is { } problem)
        {
            await RefuseAsync(context, $"{problem} Nothing was imported.");
            return;
        }

        if (TransferQuery.ReadFlag(query["dryRun"].ToString()) is not { } isDry)
        {
            await RefuseAsync(
                context,
                $"dryRun='{Cut.To(query["dryRun"].ToString(), 50)}' is neither true nor false. Nothing was imported."
            );
            return;
        }

        if (await FindNamespaceAsync(context, ImportTools) is not { } space || !await CountAsync(context, "memory_import"))
        {
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The body is read line by line and never held.
            limit.MaxRequestBodySize = null;
        }

        try
        {
            var report = await import.RunAsync(
                context.Request.Body,
                space,
                context.User.CallerName() ?? Caller.Anonymous.Name,
                query["entity"].ToString() is { Length: > 0 } entity ? entity : null,
                isDry,
                null,
                context.RequestAborted
            );
            var isUseless = report is { Used: 0, Problems: > 0 };
            Note(context, "memory_import", isUseless ? "error" : "ok");
            context.Response.StatusCode = isUseless ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
            await context.Response.WriteAsJsonAsync(report, MemoryJson.Readable.ImportReport, cancellationToken: context.RequestAborted);
        }
        catch (McpException e)
        {
            Note(context, "memory_import", "error");
            await Refusal.WriteAsync(
                context,
                e is StoreException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest,
                e is StoreException ? "Service Unavailable" : "Bad Request",
                e.Message
            );
        }
    }

    /// <returns>Null where the caller may not do this, and has been told so.</returns>
    private async Task<string?> FindNamespaceAsync(HttpContext context, string[] tools)
    {
        if (tools.FirstOrDefault(tool => !context.User.GetRights().Allows(tool)) is { } refused)
        {
            await ForbidAsync(context, $"This does what {refused} does, a tool that you may not use.");
            return null;
        }

        if (tools.FirstOrDefault(context.User.GetRights().Approve.Match) is { } asked)
        {
            await ForbidAsync(context, $"This does what {asked} does, which runs only after the operator's yes each time: call that tool.");
            return null;
        }

        try
        {
            return caller.Name;
        }
        catch (McpException e)
        {
            var isName = Spaces.IsName(context.GetRouteValue("namespace") as string ?? Spaces.Default);
            await (isName ? ForbidAsync(context, e.Message) : RefuseAsync(context, e.Message));
            return null;
        }
    }

    /// <returns>False where a budget of the caller is used up, who has been told so.</returns>
    private async Task<bool> CountAsync(HttpContext context, string @event)
    {
        try
        {
            CallAccount.CountCall(context);
            return true;
        }
        catch (McpException e)
        {
            Note(context, @event, "refused");
            await Refusal.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests", e.Message);
            return false;
        }
    }

    private static Task RefuseAsync(HttpContext context, string message) =>
        Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "Bad Request", message);

    private static Task ForbidAsync(HttpContext context, string message) =>
        Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", message);

    private void Note(HttpContext context, string @event, string outcome) =>
        audit.Write(@event, context.User.CallerName(), line => line.WriteString("outcome", outcome));
}
