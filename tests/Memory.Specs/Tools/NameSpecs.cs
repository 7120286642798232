using McpGateway.Testing;

namespace Memory.Specs.Tools;

/// <summary>A person who is asked about a destructive call reads how much would go, and what would be taken back.</summary>
public sealed class NameSpecs
{
    [Theory]
    [InlineData("delete_entities", """{"entityNames":["Ada","Bob"]}""", "entityNames: Ada (person, 2 facts); Bob (not there)")]
    [InlineData("merge_entities", """{"from":["Ada"],"into":"Lovelace"}""", "from: Ada (person, 2 facts); into: Lovelace (person, 1 fact)")]
    [InlineData("set_entity_type", """{"entityName":"Ada","entityType":"poet"}""", "entityName: Ada (person, 2 facts)")]
    [InlineData(
        "delete_observations",
        """{"deletions":[{"entityName":"Ada","observations":["is early"]},{"entityName":"Bob","observations":["x"]}]}""",
        "deletions: Ada (person, 2 facts); Bob (not there)"
    )]
    [InlineData(
        "update_observations",
        """
            {"updates":[{"entityName":"Ada","oldObservation":"likes","newObservation":"hates tea"},
                        {"entityName":"Ada","oldObservation":"sings","newObservation":"dances"}]}
            """,
        "updates: Ada: likes tea; Ada: sings (not there)"
    )]
    [InlineData("undo_changes", "{}", "create entity of Lovelace, Ada")]
    public async Task What_is_meant_is_told_in_words(string tool, string arguments, string told)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync(
            "create_entities",
            """
            {"entities":[{"name":"Ada","entityType":"person","observations":["likes tea","is early"]},
                         {"name":"Lovelace","entityType":"person","observations":["a name"]}]}
            """
        );
        Assert.Contains(told, await Question.AskedAsync(memory.Gateway, tool, arguments), StringComparison.Ordinal);
    }
}
