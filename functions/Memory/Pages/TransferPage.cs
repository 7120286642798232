using System.Text;
using McpGateway.Console;
using McpGateway.Console.Frame;
using McpGateway.Text;
using Memory.Export;
using Memory.Graph;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Memory.Pages;

/// <summary>A whole memory out and in.</summary>
internal static class TransferPage
{
    private const int LinesAtOnce = 200;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var job = request.Console.Get<ImportJobs>().Last;
        if (job is { IsRunning: true })
        {
            // Looks again by itself, without script.
            request.Console.Http.Response.Headers["Refresh"] = "2";
        }

        await request.ShowAsync(
            "Import and export",
            "transfer",
            Html.Of(
                $"""
                {Html.If(job is not null, () => Progress(request, job!))}
                <div class="two">
                <section aria-labelledby="import"><h2 id="import">Import</h2>
                <p>A file of this page, a <code>memory.jsonl</code> of the official server, an export of the memories of Claude or ChatGPT, or a plain text. Entities join
                those of the same name, and nothing that is stored is lost.</p>
                {request.Form(
                    "import",
                    Html.Of(
                        $"""
                        <label for="file">File, {Pieces.Bytes(ImportJobs.LargestFile)} at most</label><input id="file" name="file" type="file" required>
                        <label for="entity">Whose facts the lines of a plain text are</label><input id="entity" name="entity" maxlength="2000">
                        <label class="choice"><input type="checkbox" name="dry" value="yes"> Only count what would come in</label>
                        <div class="buttons"><button class="main">Import</button></div>
                        """
                    ),
                    withFiles: true
                )}
                </section>
                <section aria-labelledby="export"><h2 id="export">Export</h2>
                <p>All entities, facts, relations and dates, as lines of JSON.</p>
                <p class="buttons"><a class="button" href="{request.To("export.jsonl")}" download>Export</a>
                <a class="button" href="{request.To("export.jsonl", ("format", "official"))}" download>For the official server</a></p>
                <p class="soft">The second leaves out dates, which the official server does not know.</p>
                </section>
                </div>
                """
            )
        );
    }

    public static async Task ExportAsync(MemoryRequest request)
    {
        var isOfficial = request["format"] == "official";
        var lines = new GraphLines(isOfficial);
        var response = request.Console.Http.Response;
        for (var (place, isFirst) = ((ExportPlace?)ExportPlace.Start, true); place is not null; isFirst = false)
        {
            var from = place;
            (var read, place) = await request.ReadAsync(graph => lines.Read(graph, from, LinesAtOnce));
            if (isFirst)
            {
                // The file could be read: before that, a page says what is wrong.
                var name = $"memory-{request.Space}-{request.Console.Now:yyyy-MM-dd}.jsonl";
                response.ContentType = "application/jsonl; charset=utf-8";
                response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
                response.Headers.CacheControl = "no-store";
                response.Headers.XContentTypeOptions = "nosniff";
            }

            foreach (var line in read)
            {
                await response.WriteAsync(line + "\n", Encoding.UTF8, request.Cancelled);
            }
        }

        request.Note("memory_export", "ok");
    }

    public static async Task ImportAsync(MemoryRequest request, ConsoleForm form)
    {
        request.RefuseIfReadOnly();
        var file =
            form.File("file") ?? throw new ConsoleException("No file was chosen, or it is empty: choose one and send the form again.");
        var content = new MemoryStream();
        await file.CopyToAsync(content, request.Cancelled);
        content.Position = 0;
        request
            .Console.Get<ImportJobs>()
            .Begin(request.Space, Cut.To(file.FileName, 100), content, form["entity"], form["dry"] is not null, request.Console.Now);
        request.Note("memory_import", "begun");
        await request.GoToAsync(request.To("transfer"), "The import has begun. It goes on when you leave this page.");
    }

    private static IHtmlContent Progress(MemoryRequest request, ImportJob job) =>
        Html.Of(
            $"""
            <section aria-labelledby="progress"><h2 id="progress">{(
                job.IsRunning ? $"{(job.IsDry ? "Counting" : "Importing")} {job.File}" : $"Last import: {job.File}"
            )}</h2>
            {Html.If(job.IsRunning, () => Html.Of($"""<p><progress max="100" value="{job.Share * 100:0}" aria-label="How much of the file has been read"></progress> {job.Words}</p>"""))}
            {Html.If(job.Problem is not null, () => Html.Of($"""<p class="bad" role="alert">{job.Problem}</p>"""))}
            {Html.If(job.Report is not null, () => Counts(job.Report!))}
            <p class="soft">Into the namespace {job.Space}, begun {request.Console.Time(job.Began)}</p>
            </section>
            """
        );

    private static IHtmlContent Counts(ImportReport report) =>
        Html.Of(
            $"""
            <p role="status">{WordsOf(report)}</p>
            {Html.If(
                report.FirstProblems.Count > 0,
                () => Html.Of($"""<details><summary>What was not taken as it stands</summary><ul class="factlist">{Html.Join(report.FirstProblems.Take(30).ToList().Select(problem => Html.Of($"<li>{problem}</li>")))}</ul></details>""")
            )}
            """
        );

    private static string WordsOf(ImportReport report) =>
        $"{MemoryRequest.Counted(report.EntitiesCreated, "entity", "entities")} created, {Pieces.Number(report.EntitiesJoined)} joined with existing ones, "
        + $"{MemoryRequest.Counted(report.Observations, "fact")} and {MemoryRequest.Counted(report.Relations, "relation")} added, "
        + MemoryRequest.Counted(report.Problems, "problem")
        + (report.DryRun ? "; a dry run: nothing was stored" : "");
}
