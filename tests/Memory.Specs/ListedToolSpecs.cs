using McpGateway.Testing;

namespace Memory.Specs;

public sealed class ListedToolSpecs
{
    [Fact]
    public Task Every_tool_is_registered_and_has_a_title_and_types() =>
        ToolList.CheckAsync(MemoryService.Definition, MemoryService.AddMemory, ("MEMORY_TOOLSETS", "all"));

    [Fact]
    public Task Each_tool_is_listed_as_its_method_says() => ToolList.CheckListingsAsync(MemoryService.Definition, MemoryService.AddMemory);

    [Fact]
    public Task The_numbers_of_tools_are_those_of_the_documents() =>
        ToolList.CheckCountsAsync(MemoryService.Definition, MemoryService.AddMemory, "MEMORY_TOOLSETS");
}
