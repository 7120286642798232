using McpGateway.Tools.Arguments;

namespace Memory;

/// <summary>What other memory servers, and the lines of a memory.jsonl, call our arguments.</summary>
internal static class MemoryArguments
{
    private const string OnByCursor = "Lists go on by cursor: give the nextCursor of the previous page.";

    public static ArgumentAliases Aliases { get; } =
        new ArgumentAliases()
            .Take("entityType", "type kind")
            .Take("types", "entityType entityTypes type")
            .Take("relation", "relationType")
            .Take("relationTypes", "types relationType relation type")
            .Take("relationType", "type relation kind predicate")
            .Take("entityName", "entity name")
            .Take("name", "entityName")
            .Take("contents", "observations content facts")
            .Take("observations", "contents facts notes content additions")
            .Take("deletions", "observations")
            .Take("entityNames", "names entities")
            .Take("names", "entityNames entities nodes")
            .Take("entities", "nodes")
            .Take("from", "source fromEntity subject")
            .Take("to", "target toEntity object")
            .Take("query", "q search text keywords")
            .Take("limit", "topK maxResults count n")
            .Take("validUntil", "until expires expiresAt validTo")
            .Take("oldObservation", "old from before")
            .Take("newObservation", "new to after")
            .Take("cursor", "nextCursor pageToken")
            .TakeValue("direction", "out", "outgoing outbound forward")
            .TakeValue("direction", "in", "incoming inbound backward")
            .TakeValue("direction", "both", "any all either")
            .Sentences("observations contents")
            .Mark("type", "entity relation")
            .RefuseAbove("page", 1, OnByCursor)
            .RefuseAbove("offset", 0, OnByCursor)
            .RefuseAbove("skip", 0, OnByCursor)
            .RefuseAbove("start", 0, OnByCursor);
}
