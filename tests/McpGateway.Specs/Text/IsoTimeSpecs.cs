using McpGateway.Text;

namespace McpGateway.Specs.Text;

public sealed class IsoTimeSpecs
{
    [Theory]
    [InlineData("2026-11-28", "2026-11-28T00:00:00Z", true)]
    [InlineData(" 2026/1/5 ", "2026-01-05T00:00:00Z", true)]
    [InlineData("2026.11.28", "2026-11-28T00:00:00Z", true)]
    [InlineData("9999-12-31", "9999-12-31T00:00:00Z", true)]
    [InlineData("2026-11-28T09:30", "2026-11-28T09:30:00Z", false)]
    [InlineData("2026-11-28 09:30:15", "2026-11-28T09:30:15Z", false)]
    [InlineData("2026-11-28t09:30:00z", "2026-11-28T09:30:00Z", false)]
    [InlineData("2026-11-28T09:30:00+02:00", "2026-11-28T07:30:00Z", false)]
    [InlineData("2026-11-28T09:30:00-0800", "2026-11-28T17:30:00Z", false)]
    [InlineData("2026-11-28T09:30:00.123456789Z", "2026-11-28T09:30:00.1234568Z", false)]
    public void A_day_or_moment_is_read_that_begins_with_its_year(string text, string moment, bool isDay) =>
        Assert.Equal((DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), isDay), IsoTime.TryRead(text));

    [Theory]
    [InlineData("11/12/2026")]
    [InlineData("12.11.2026")]
    [InlineData("28-11-2026")]
    [InlineData("2026-11")]
    [InlineData("2026")]
    [InlineData("1 December 2026")]
    [InlineData("Dec 2026")]
    [InlineData("10:30")]
    [InlineData("20261128")]
    [InlineData("2026-02-30")]
    [InlineData("2026-11/28")]
    [InlineData("2026-11-28T25:00:00Z")]
    [InlineData("2026-11-28T09:30:00+25:00")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void What_could_be_another_day_is_not_read(string text) => Assert.Null(IsoTime.TryRead(text));
}
