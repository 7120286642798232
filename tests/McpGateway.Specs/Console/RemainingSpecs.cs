using System.Globalization;
using McpGateway.Specs.Upstream;
using McpGateway.Testing;

namespace McpGateway.Specs.Console;

/// <summary>What is left of the limits of the API behind, as it has told last.</summary>
public sealed class RemainingSpecs
{
    [Fact]
    public async Task The_overview_shows_what_the_api_has_told_of_its_limits()
    {
        await using var things = await ThingGateway.StartAsync(settings: ("OPERATOR_SECRET", OperatorBrowser.Secret));
        var reset = things.Time.GetUtcNow().AddHours(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        things.Upstream.On(
            "GET /things/a",
            """{"name":"first"}""",
            200,
            ("X-RateLimit-Limit", "5000"),
            ("X-RateLimit-Remaining", "4321"),
            ("X-RateLimit-Reset", reset),
            ("X-RateLimit-Resource", "core")
        );
        using var browser = await OperatorBrowser.SignInAsync(things.Gateway);
        Assert.Contains("the service behind has told of no limit", await browser.ReadAsync("/console"), StringComparison.Ordinal);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.Contains(
            "<td class=\"name\">Things: core</td><td>4,321 of 5,000</td>",
            await browser.ReadAsync("/console"),
            StringComparison.Ordinal
        );
        // Nobody knows what is used of a limit that has begun anew.
        things.Time.Advance(TimeSpan.FromHours(3));
        Assert.DoesNotContain("4,321", await browser.ReadAsync("/console"), StringComparison.Ordinal);
    }
}
