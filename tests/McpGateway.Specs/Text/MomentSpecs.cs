using System.Globalization;
using McpGateway.Text;

namespace McpGateway.Specs.Text;

public sealed class MomentSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:00:00", "just now")]
    [InlineData("00:00:59", "just now")]
    [InlineData("-00:00:59", "just now")]
    [InlineData("00:01:00", "1 minute ago")]
    [InlineData("00:59:59", "59 minutes ago")]
    [InlineData("01:00:00", "1 hour ago")]
    [InlineData("23:59:59", "23 hours ago")]
    [InlineData("1.00:00:00", "1 day ago")]
    [InlineData("29.23:00:00", "29 days ago")]
    [InlineData("30.00:00:00", "1 month ago")]
    [InlineData("364.00:00:00", "12 months ago")]
    [InlineData("800.00:00:00", "2 years ago")]
    [InlineData("-3.01:00:00", "in 3 days")]
    public void A_distance_is_told_in_its_largest_whole_unit(string ago, string told) =>
        Assert.Equal(told, Moment.Relative(Now - TimeSpan.Parse(ago, CultureInfo.InvariantCulture), Now));

    [Theory]
    [InlineData("UTC", "2026-07-01 12:00 (UTC)")]
    [InlineData("Europe/Zurich", "2026-07-01 14:00 (Europe/Zurich)")]
    [InlineData("America/Los_Angeles", "2026-07-01 05:00 (America/Los_Angeles)")]
    public void An_exact_time_is_one_of_a_zone_that_is_named(string zone, string told) =>
        Assert.Equal(
            told,
            Moment.Exact(new DateTimeOffset(2026, 7, 1, 12, 0, 30, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById(zone))
        );
}
