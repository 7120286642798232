using McpGateway.Console;
using McpGateway.Console.Assets;
using Memory.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace Memory.Pages;

/// <summary>The memory's part of the console: its table of contents.</summary>
internal static class MemorySection
{
    public static void AddMemoryPages(this IServiceCollection services)
    {
        services.AddSingleton(new AssetSource(typeof(MemorySection).Assembly));
        services.AddSingleton<ImportJobs>();
        services.AddSingleton(new ConsoleSection("/console/memory", "Memory", AddPages) { Order = 20 });
    }

    private static void AddPages(ConsolePages pages) =>
        pages
            .Get("/console/memory", Show(SearchPage.ShowAsync))
            .Get("/console/memory/search.json", Show(SearchPage.ShowJsonAsync))
            .Get("/console/memory/entity", Show(EntityPage.ShowAsync))
            .Get("/console/memory/entity.json", Show(GraphPages.ShowEntityJsonAsync))
            .Post("/console/memory/add", Take(EditPages.AddAsync))
            .Post("/console/memory/create", Take(EditPages.CreateAsync))
            .Post("/console/memory/rename", Take(EditPages.RenameAsync))
            .Get("/console/memory/fact", Show(FactPage.ShowAsync))
            .Post("/console/memory/fact", Take(FactPage.TakeAsync))
            .Post("/console/memory/relate", Take(RelationPage.CreateAsync))
            .Get("/console/memory/relation", Show(RelationPage.ShowAsync))
            .Post("/console/memory/relation", Take(RelationPage.DeleteAsync))
            .Get("/console/memory/delete", Show(DeletePage.ShowAsync))
            .Post("/console/memory/delete", Take(DeletePage.TakeAsync))
            .Get("/console/memory/merge", Show(MergePage.ShowAsync))
            .Post("/console/memory/merge", Take(MergePage.TakeAsync))
            .Get("/console/memory/duplicates", Show(DuplicatesPage.ShowAsync))
            .Get("/console/memory/changes", Show(ChangesPage.ShowAsync))
            .Post("/console/memory/undo", Take(ChangesPage.UndoAsync))
            .Get("/console/memory/transfer", Show(TransferPage.ShowAsync))
            .Get("/console/memory/export.jsonl", Show(TransferPage.ExportAsync))
            .Post("/console/memory/import", Take(TransferPage.ImportAsync), ImportJobs.LargestFile)
            .Get("/console/memory/graph", Show(GraphPages.ShowAsync))
            .Get("/console/memory/graph.json", Show(GraphPages.ShowJsonAsync))
            .Get("/console/memory/found.json", Show(GraphPages.ShowFoundAsync));

    private static ShowPage Show(Func<MemoryRequest, Task> show) => request => Told(() => show(new(request)));

    private static TakeForm Take(Func<MemoryRequest, ConsoleForm, Task> take) => (request, form) => Told(() => take(new(request), form));

    /// <summary>What a model would be told, the operator is told as a page.</summary>
    private static async Task Told(Func<Task> page)
    {
        try
        {
            await page();
        }
        catch (McpException e)
        {
            throw new ConsoleException(
                e.Message,
                e is StoreException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest,
                e
            );
        }
    }
}
