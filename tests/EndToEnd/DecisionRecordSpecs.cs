using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>One form for all decision records.</summary>
public sealed partial class DecisionRecordSpecs
{
    private static readonly string[] Records = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions"));

    [Fact]
    public void Every_record_has_a_number_of_its_own()
    {
        Assert.NotEmpty(Records);
        Assert.All(Records, record => Assert.Matches(FileName(), Path.GetFileName(record)));
        var shared = Records.GroupBy(record => Path.GetFileName(record)[..4]).Where(number => number.Count() > 1);
        Assert.Empty(shared.SelectMany(number => number));
    }

    [Fact]
    public void Every_record_has_the_same_form() =>
        Assert.All(
            Records,
            record =>
            {
                var lines = File.ReadAllLines(record);
                Assert.Matches($"^# {Path.GetFileName(record)[..4]} [A-Z].*[^.]$", lines[0]);
                Assert.Equal("", lines[1]);
                Assert.Matches(Status(), lines[2]);
                Assert.Equal(
                    ["## Context", "## Decision", "## Consequences"],
                    lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))
                );
            }
        );

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^Status: (accepted|superseded by \d{4})$")]
    private static partial Regex Status();
}
