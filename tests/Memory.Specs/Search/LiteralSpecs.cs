using System.Text;
using McpGateway.Testing;

namespace Memory.Specs.Search;

/// <summary>A question that stands in a text finds its entity, whatever the text.</summary>
public sealed class LiteralSpecs
{
    private const int Entities = 80;

    /// <summary>Letters, marks, digits, signs and pictures of the scripts of the world.</summary>
    private static readonly (int First, int Last)[] Scripts =
    [
        (0x20, 0x7E),
        (0xA0, 0x17F),
        (0x180, 0x24F),
        (0x250, 0x2FF),
        (0x300, 0x36F),
        (0x370, 0x3FF),
        (0x400, 0x52F),
        (0x530, 0x58F),
        (0x590, 0x5FF),
        (0x600, 0x6FF),
        (0x900, 0x97F),
        (0xB80, 0xBFF),
        (0xE00, 0xE7F),
        (0xF00, 0xFFF),
        (0x1000, 0x109F),
        (0x10A0, 0x10FF),
        (0x1100, 0x11FF),
        (0x1200, 0x137F),
        (0x13A0, 0x13FF),
        (0x1E00, 0x1FFF),
        (0x2000, 0x206F),
        (0x2100, 0x218F),
        (0x2C00, 0x2CFF),
        (0x3000, 0x30FF),
        (0x3400, 0x34FF),
        (0x4E00, 0x9FFF),
        (0xA640, 0xA7FF),
        (0xAC00, 0xD7A3),
        (0xE000, 0xE0FF),
        (0xF900, 0xFAFF),
        (0xFB00, 0xFDFF),
        (0xFE00, 0xFFFD),
        (0x10400, 0x1044F),
        (0x1D400, 0x1D7FF),
        (0x1F300, 0x1FAFF),
        (0x20000, 0x200FF),
        (0x1, 0x1F),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_question_that_stands_in_a_text_finds_its_entity(int seed)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var random = new Random(seed);
        var entities = Enumerable
            .Range(0, Entities)
            .Select(i => new
            {
                name = $"{TextOf(random)}{i}",
                entityType = TextOf(random),
                observations = Enumerable.Range(0, random.Next(1, 5)).Select(_ => TextOf(random)).Distinct().ToArray(),
            })
            .ToArray();
        var created = await memory.CallAsync("create_entities", new { entities });
        Assert.False(created.IsError, created.Text);
        for (var i = 0; i < 250; i++)
        {
            var entity = entities[random.Next(Entities)];
            string[] texts = [entity.name, entity.entityType, .. entity.observations];
            var runes = texts[random.Next(texts.Length)].EnumerateRunes().ToList();
            var query = string.Concat(runes.Skip(random.Next(runes.Count)).Take(random.Next(1, 30)));
            Assert.True(await FindsAsync(memory, query, entity.name), $"'{entity.name}' for '{query}' (seed {seed})");
        }
    }

    private static async Task<bool> FindsAsync(MemoryGateway memory, string query, string name)
    {
        string? cursor = null;
        do
        {
            var page = await memory.CallAsync("search_nodes", new { query, cursor });
            if (page.Names.Contains(name))
            {
                return true;
            }

            cursor = page.NextCursor;
        } while (cursor is not null);
        return false;
    }

    private static string TextOf(Random random)
    {
        if (random.Next(4) == 0)
        {
            return SampleTexts
                .All.Values.ElementAt(random.Next(SampleTexts.All.Count))(random.Next(1, 300))
                .Replace("\0", "", StringComparison.Ordinal);
        }

        var text = new StringBuilder();
        for (var pieces = random.Next(1, 8); pieces > 0; pieces--)
        {
            var (first, last) = Scripts[random.Next(Scripts.Length)];
            // Now and then a word that is longer than a term.
            for (var letters = random.Next(12) == 0 ? 90 : random.Next(1, 9); letters > 0; letters--)
            {
                text.Append(new Rune(random.Next(first, last + 1)));
            }

            text.Append(
                random.Next(3) switch
                {
                    0 => " ",
                    1 => "-",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }
}
