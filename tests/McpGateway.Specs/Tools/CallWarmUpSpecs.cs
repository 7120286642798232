using McpGateway.Tools;

namespace McpGateway.Specs.Tools;

public sealed class CallWarmUpSpecs
{
    private const string Arguments = """{"text":"once more"}""";

    [Fact]
    public async Task A_call_of_a_warm_up_gets_what_a_caller_gets_and_is_recorded_nowhere()
    {
        await using var gateway = await SpecService.StartAsync(settings: ("BUDGET", "calls=1/day"));
        var warmUp = new CallWarmUp(gateway.Services);
        for (var call = 0; call < 2; call++)
        {
            Assert.Contains(
                "once more",
                await warmUp.CallAsync("echo", Arguments, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        Assert.Empty(await gateway.ReadAuditAsync());
        using var response = await gateway.PostAsync(SpecService.Call("echo", Arguments));
        Assert.Contains("once more", await response.ToolTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_measurements_are_exported_no_call_is_made_that_would_count()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("METRICS", "true"));
        Assert.Empty(await new CallWarmUp(gateway.Services).CallAsync("echo", Arguments, TestContext.Current.CancellationToken));
    }
}
