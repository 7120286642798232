using McpGateway.Secrets;

namespace McpGateway.Specs.Tools;

/// <summary>Which calls wait for the operator, and what it takes for any to wait.</summary>
public sealed class ApprovalSettingSpecs : ApprovalShelf
{
    [Theory]
    [InlineData("never")]
    [InlineData("auto")]
    public async Task The_rights_of_a_caller_demand_a_yes_for_chosen_tools_whatever_else_is_set(string way)
    {
        await using var gateway = await StartAsync(
            ("CONFIRM_DESTRUCTIVE", way),
            ("PROFILES", "careful: approve=burn_* add_book"),
            ("MCP_BEARER_TOKENS", $"n8n={N8n};profile=careful,other={Other}")
        );
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma", Other), StringComparison.Ordinal);
        Assert.Contains("is gone", await CallAsync(gateway, "shred_book", """{"bookTitle":"Ivanhoe"}"""), StringComparison.Ordinal);
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Persuasion"), Step), StringComparison.Ordinal);
        var addition = CallAsync(gateway, "add_book", """{"bookTitle":"Middlemarch"}""");
        await time.WhileAsync(addition, Step);
        Assert.Contains("Waiting for approval", await addition, StringComparison.Ordinal);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("is here", await CallAsync(gateway, "add_book", """{"bookTitle":"Middlemarch"}"""), StringComparison.Ordinal);
        Assert.Equal(["Emma", "Ivanhoe"], books.Burnt);
    }

    [Theory]
    [InlineData("approve=burn_*", "nobody could say yes: set OPERATOR_SECRET")]
    [InlineData("approve=fly_*", "names 'fly_*', which matches no tool")]
    [InlineData("approve", "lacks its value")]
    public async Task Rights_that_demand_what_cannot_be_stop_the_start(string rights, string told)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() =>
            StartAsync(
                ("CONFIRM_DESTRUCTIVE", "auto"),
                ("OPERATOR_SECRET", ""),
                ("PUBLIC_URL", ""),
                ("MCP_BEARER_TOKENS", $"n8n={N8n};{rights}")
            )
        );
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_without_a_way_in_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => StartAsync(("OPERATOR_SECRET", ""), ("PUBLIC_URL", "")));
        Assert.Contains("CONFIRM_DESTRUCTIVE=page", refused.Message, StringComparison.Ordinal);
        Assert.Contains("set OPERATOR_SECRET", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "Emma is gone")]
    [InlineData("never", "Emma is gone")]
    [InlineData("always", "runs on this gateway only after a person has agreed (CONFIRM_DESTRUCTIVE=always)")]
    public async Task The_other_ways_need_no_page(string way, string told)
    {
        await using var gateway = await StartAsync(("CONFIRM_DESTRUCTIVE", way));
        Assert.Contains(told, await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        Assert.Equal(way == "always" ? 0 : 1, books.Burnt.Count);
    }

    [Fact]
    public async Task What_only_adds_does_not_wait()
    {
        await using var gateway = await StartAsync();
        Assert.Contains("is here", await CallAsync(gateway, "add_book", """{"bookTitle":"Emma"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_questions_cannot_be_stored_nothing_runs()
    {
        await using var gateway = await StartAsync();
        await ShowAsync(gateway);
        var file = Path.Combine(data, "state.db");
        File.Move(file, file + ".away");
        var told = await BurnAsync(gateway, "Emma");
        Assert.Contains("cannot store questions at present. Nothing was done.", told, StringComparison.Ordinal);
        Assert.Empty(books.Burnt);
        File.Move(file + ".away", file);
    }
}
