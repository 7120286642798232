using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coda.Specs;

public sealed class MutationSpecs
{
    private const string Update = """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","name":"New"}""";

    [Fact]
    public async Task A_write_is_waited_for_until_it_is_applied_and_its_warning_is_passed_on()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .On("GET /mutationStatus/r1", """{"message":"not found"}""", 404)
            .On("GET /mutationStatus/r1", """{"completed":false}""")
            .On("GET /mutationStatus/r1", """{"completed":true,"warning":"Some HTML was dropped."}""");
        var result = (await coda.CallAsync("coda_update_page", Update)).Json;
        Assert.Equal(
            """{"outcome":"applied","requestId":"r1","ids":["canvas-1x"],"warning":"Some HTML was dropped."}""",
            result.GetRawText()
        );
    }

    [Fact]
    public async Task A_write_that_never_completes_is_pending_and_never_failed()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""");
        var looks = new List<DateTimeOffset> { coda.Time.GetUtcNow() };
        coda.Coda.OnReceived = request =>
        {
            if (request.Method == "GET")
            {
                looks.Add(coda.Time.GetUtcNow());
            }
        };
        var result = (await coda.CallAsync("coda_update_page", Update)).Json;
        Assert.Equal("pending", result.GetProperty("outcome").GetString());
        Assert.Contains("Do not send it again", result.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.True(coda.Time.GetUtcNow() - looks[0] >= TimeSpan.FromSeconds(30));
        var pauses = looks.Skip(1).Zip(looks, (look, before) => (look - before).TotalSeconds).ToList();
        Assert.All(pauses.Zip([1.5, 2, 3, 4.5]), pause => Assert.True(pause.First >= pause.Second, $"{pause.First} s"));
        Assert.True(pauses.Count >= 4, $"{pauses.Count} looks");
    }

    [Fact]
    public async Task A_write_that_coda_took_on_without_a_request_id_is_accepted()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"id":"canvas-1x"}""", 202);
        Assert.Equal("accepted", (await coda.CallAsync("coda_update_page", Update)).Json.GetProperty("outcome").GetString());
        Assert.Single(coda.Coda.Received);
    }

    [Fact]
    public async Task Without_waiting_the_write_returns_at_once()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202);
        var result = (
            await coda.CallAsync("coda_update_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","name":"New","waitSeconds":0}""")
        ).Json;
        Assert.Equal("pending", result.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_status_that_cannot_be_read_does_not_undo_the_write()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202).On("GET /mutationStatus/r1", "{}", 500);
        var result = (await coda.CallAsync("coda_update_page", Update)).Json;
        Assert.Equal("pending", result.GetProperty("outcome").GetString());
        Assert.StartsWith(
            "The write went through; whether it is applied could not be read:",
            result.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Progress_is_told_while_a_write_is_waited_for()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""")
            .On("GET /mutationStatus/r1", """{"completed":true}""");
        var (told, _) = await coda.Client.FollowAsync("coda_update_page", Update);
        Assert.Equal(30, told[0].GetProperty("total").GetInt32());
        Assert.Equal("Waiting for Coda to apply the change", told[0].GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("coda_update_page", Update)]
    [InlineData("coda_get_mutation_status", """{"requestId":"r1","waitSeconds":40}""")]
    public async Task A_gateway_that_stops_does_not_wait_for_a_write(string tool, string arguments)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""");
        coda.Coda.OnReceived = request =>
        {
            if (request.Target.Split('?')[0].EndsWith("/mutationStatus/r1", StringComparison.Ordinal))
            {
                coda.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
        };
        var result = (await coda.CallAsync(tool, arguments)).Json;
        Assert.Contains(
            tool == "coda_update_page" ? "\"requestId\":\"r1\"" : "\"completed\":false",
            result.GetRawText(),
            StringComparison.Ordinal
        );
        // Another look would come after two seconds.
        Assert.Single(coda.Requests, request => request.StartsWith("GET /mutationStatus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_leaves_the_write_alone()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""")
            .On("GET /mutationStatus/r1", """{"completed":true}""");
        var polled = new TaskCompletionSource();
        coda.Coda.OnReceived = request =>
        {
            if (request.Method == "GET")
            {
                polled.TrySetResult();
            }
        };
        using var caller = new CancellationTokenSource();
        var call = coda.Client.CallAsync("coda_update_page", Update, cancellationToken: caller.Token);
        await polled.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        // The audit line is the last that a call does.
        await Eventually.IsAsync(async () => (await coda.Gateway.ReadAuditAsync()).Length > 0, "The call did not end.");
        var requests = coda.Requests.Count;
        // The same call again gets the outcome of the first, whose response nobody heard.
        var again = (await coda.CallAsync("coda_update_page", Update)).Json;
        Assert.Equal("r1", again.GetProperty("requestId").GetString());
        Assert.Contains("nothing was written again", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(requests, coda.Requests.Count);
        Assert.DoesNotContain(coda.Gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_status_of_an_earlier_write_is_told_and_waited_for()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /mutationStatus/r1", """{"completed":false}""")
            .On("GET /mutationStatus/r1", """{"completed":true}""")
            .On("GET /mutationStatus/gone", "{}", 404);
        Assert.True(
            (await coda.CallAsync("coda_get_mutation_status", """{"requestId":"r1","waitSeconds":10}"""))
                .Json.GetProperty("completed")
                .GetBoolean()
        );
        var unknown = (await coda.CallAsync("coda_get_mutation_status", """{"requestId":"gone"}""")).Json;
        Assert.False(unknown.GetProperty("completed").GetBoolean());
        Assert.Contains("does not know this request", unknown.GetProperty("note").GetString(), StringComparison.Ordinal);
    }
}
