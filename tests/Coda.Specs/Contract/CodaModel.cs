using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Coda.Specs.Contract;

/// <summary>
/// Coda's API as far as it is documented: what each operation takes, and a response with everything it promises. What it does not take it remembers
/// and refuses, as Coda would or worse would not.
/// </summary>
internal sealed class CodaModel
{
    private readonly ConcurrentBag<string> refused = [];

    /// <summary>What was sent that the API does not take.</summary>
    public IReadOnlyCollection<string> Refused => refused;

    /// <summary>The operations that were asked for.</summary>
    public ConcurrentDictionary<string, bool> Reached { get; } = new();

    public static IEnumerable<string> All => CodaOperations.All.Select(operation => operation.Name);

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/blob")
        {
            await context.Response.WriteAsync("# Notes");
            return;
        }

        var path = request.Path.Value!.Replace("/apis/v1", "", StringComparison.Ordinal);
        // What has no variable in its place comes first.
        var operation = CodaOperations
            .All.Where(known => known.Matches(request.Method, path))
            .OrderBy(known => known.Name.Count(letter => letter == '{'))
            .FirstOrDefault();
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var problem = operation is null ? "no such operation" : operation.Check(request.QueryString.Value, body.ToArray());
        if (operation is null || problem is not null)
        {
            refused.Add($"{request.Method} {path}{request.QueryString}: {problem}");
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(
                $$"""{"statusCode":400,"statusMessage":"Bad Request","message":"{{problem?.Replace('"', '\'')}}"}"""
            );
            return;
        }

        Reached[operation.Name] = true;
        context.Response.StatusCode = operation.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(operation.Answer.Replace("DOWNLOAD", $"http://{request.Host}/blob", StringComparison.Ordinal));
    }
}
