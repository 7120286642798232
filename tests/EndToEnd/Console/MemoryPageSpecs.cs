using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>The memory's pages in Chromium, as a person uses them. Screenshots stay in artifacts/screenshots.</summary>
public sealed class MemoryPageSpecs
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900)]
    [InlineData(ColorScheme.Dark, 1280, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task A_person_searches_merges_undoes_deletes_brings_back_and_imports(ColorScheme scheme, int width, int height)
    {
        await using var visit = await MemoryVisit.OpenAsync(scheme, width, height);
        await visit.ImportAsync(MemoryVisit.Life);
        var page = visit.Page;

        // Signs in, and is where they wanted to be.
        await page.VisitAsync(visit.At("/console/memory"));
        await page.EnterSecretAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Memory");
        await visit.SeeAsync("memory");

        // Searches by keyboard alone.
        await page.GetByLabel("A name, a few telling words, or a question").FocusAsync();
        await page.Keyboard.TypeAsync("who plays the violin?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToContainTextAsync("Clara Weiss");
        await visit.SeeAsync("memory-search");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clara Weiss" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Clara Weiss");
        await Assertions.Expect(page.GetByText("plays the violin in a string quartet").First).ToBeVisibleAsync();
        await visit.SeeAsync("memory-entity");

        // Corrects a fact.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Correct: plays the violin") }).ClickAsync();
        await visit.SeeAsync("memory-fact");
        await page.GetByLabel("What is true", new() { Exact = true }).FillAsync("plays the viola in a string quartet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("plays the viola in a string quartet").First).ToBeVisibleAsync();

        // Merges two entries of one person, and undoes it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicates" }).ClickAsync();
        await visit.SeeAsync("memory-duplicates");
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge Clara Weis into Clara Weiss" }).ClickAsync();
        await visit.SeeAsync("memory-merge");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Clara Weis is part of Clara Weiss now.");
        await Assertions.Expect(page.GetByText("moved to Vienna").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Changes", Exact = true }).ClickAsync();
        await visit.SeeAsync("memory-changes");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo: ") }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("restored Clara Weis");

        // Deletes after a question, and brings it back.
        await page.VisitAsync(visit.At("/console/memory/entity?name=Vienna"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await visit.SeeAsync("memory-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Deleted: Vienna.");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo: ") }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("restored Vienna");

        // Imports a file and hears what came of it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Import and export" }).ClickAsync();
        await page.GetByLabel(new Regex("^File"))
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "more.jsonl",
                    MimeType = "application/jsonl",
                    Buffer = Encoding.UTF8.GetBytes(
                        """{"type":"entity","name":"Quartet","entityType":"group","observations":["meets on Tuesdays"]}"""
                    ),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Last import: more.jsonl" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1 entity created")).ToBeVisibleAsync();
        await visit.SeeAsync("memory-transfer");
        Assert.Empty(visit.Problems);
    }
}
