using System.Net.Http.Headers;
using System.Text;
using Coda.Specs.Rows;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Coda.Specs.Once;

/// <summary>Writes that may be made twice, and what Coda got of them.</summary>
internal static class OnceCalls
{
    public const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\"";
    public const string Row = $$"""{{{Table}},"rows":[{"Task":"A"}],"waitSeconds":0}""";
    public const string Keyed = $$"""{{{Table}},"rows":[{"Task":"A"}],"requestId":"k1","waitSeconds":0}""";

    public static async Task<CodaGateway> StartAsync(params (string Name, string? Value)[] settings) =>
        (await Tasks.StartWithRowsAsync(settings)).OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202);

    /// <summary>Holds each write of rows, or another one, at Coda until it is released.</summary>
    public static HeldWrites Hold(
        CodaGateway coda,
        string path = "rows",
        string response = """{"requestId":"r1","addedRowIds":["i-1x"]}""",
        int status = 202
    )
    {
        var held = new HeldWrites(new(), new());
        coda.Coda.On(
            $"POST {CodaGateway.Doc}/tables/grid-1x/{path}",
            async context =>
            {
                held.Arrived.TrySetResult();
                await held.Released.Task;
                context.Response.StatusCode = status;
                await context.Response.WriteAsync(response);
            }
        );
        return held;
    }

    public static int WrittenTo(CodaGateway coda) => coda.Coda.Received.Count(request => request.Method == "POST");

    /// <summary>A call over plain HTTP, which the caller can leave.</summary>
    public static async Task<string> PostAsync(CodaGateway coda, int id, string tool, string arguments, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, coda.Gateway.McpUrl)
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CodaGateway.Caller);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await http.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Says that a call is no longer waited for, as the SDK for TypeScript does when its time is over; its connection stays.</summary>
    public static Task CancelAsync(CodaGateway coda, int id) =>
        coda.Gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{id}},"reason":"timeout"} }""",
            CodaGateway.Caller
        );
}

/// <summary>Writes that wait at Coda.</summary>
/// <param name="Arrived">Done once one is there.</param>
/// <param name="Released">To be done when they may go on.</param>
internal sealed record HeldWrites(TaskCompletionSource Arrived, TaskCompletionSource Released)
{
    public Task ArriveAsync() => Arrived.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
}
