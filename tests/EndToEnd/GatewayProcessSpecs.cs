using McpGateway.Testing;

namespace EndToEnd;

public sealed class GatewayProcessSpecs
{
    public static TheoryData<string> Projects => [.. Repository.Services.Select(service => service.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_service_starts_answers_and_ends_in_order_on_sigterm(string project)
    {
        await using var gateway = await GatewayProcess.StartAsync(project);
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(response.IsSuccessStatusCode);
        await gateway.StopAsync();
    }
}
