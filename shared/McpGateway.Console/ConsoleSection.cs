namespace McpGateway.Console;

/// <summary>
/// A part of the console, with a place in its navigation. Register one as a singleton: <c>gateway.Services.AddSingleton(new ConsoleSection(…))</c>.
/// Its pages are made when the first page of the console is asked for.
/// </summary>
/// <param name="Path">Its first page, such as <c>/console/memory</c>. Pages below it belong to it.</param>
/// <param name="Title">Its name in the navigation.</param>
/// <param name="AddPages">Adds its pages.</param>
public sealed record ConsoleSection(string Path, string Title, Action<ConsolePages> AddPages)
{
    /// <summary>Sections with a smaller number come first in the navigation.</summary>
    public int Order { get; init; } = 50;
}
