using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Calls of tools whose requests GitHub answers with its examples.</summary>
internal static class ExampleCalls
{
    /// <summary>Calls a tool whose requests GitHub answers with its examples.</summary>
    /// <param name="requests">All that may be sent, in their order.</param>
    /// <param name="facts">Members of the answer (of a list's first entry) that equal those of the last example; "here=there" where the names differ.</param>
    /// <returns>The body of the last write.</returns>
    public static async Task<string> CallAsync(string tool, string arguments, string requests, string facts)
    {
        var expected = requests.Split(", ");
        await using var github = await StubbedGitHub.StartAsync();
        OfficialExample? last = null;
        foreach (var request in expected)
        {
            last = await OfficialExamples.OfAsync(request);
            github.On(
                request,
                last.Status == 302 ? "" : last.Body?.GetRawText() ?? "",
                last.Status,
                last.Status == 302 ? [("Location", OfficialExamples.At(last.Body!.Value, "url"))] : []
            );
        }

        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        if (requests.Contains("/repos/o/r", StringComparison.Ordinal))
        {
            (given["owner"], given["repo"]) = ("o", "r");
        }

        var answer = await github.ReadAsync(tool, given);
        Assert.Equal(expected, github.Requests.Select(request => request.Split('?')[0]));
        var (from, to) = (last!.Body, answer);
        if (answer.TryGetProperty("items", out var items))
        {
            Assert.False(answer.GetProperty("hasMore").GetBoolean());
            Assert.Equal(last.Entries!.Value.GetArrayLength(), items.GetArrayLength());
            (from, to) = (last.Entries.Value[0], items[0]);
        }

        Assert.All(
            facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=')),
            fact => Assert.Equal(OfficialExamples.At(from!.Value, fact[^1]), OfficialExamples.At(to, fact[0]))
        );
        return github.Upstream.Received.LastOrDefault(request => request.Method != "GET")?.Text ?? "";
    }
}
