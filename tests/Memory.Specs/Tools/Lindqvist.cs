namespace Memory.Specs.Tools;

/// <summary>A memory of one person and where she works.</summary>
internal static class Lindqvist
{
    public static async Task<MemoryGateway> StartAsync()
    {
        var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna Lindqvist", "person", "likes lavender tea and dark chocolate", "is afraid of flying");
        await memory.CreateAsync("Nordlys", "organization");
        await memory.RelateAsync("Anna Lindqvist", "Nordlys", "works_at");
        return memory;
    }
}
