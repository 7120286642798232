using System.Collections.Frozen;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Memory.Storage;

/// <summary>
/// What search takes for equal: letters without case and accents. Every two texts one of which holds the other in the
/// official server's search (JavaScript's toLowerCase) still do when folded, since each character folds on its own.
/// </summary>
/// <remarks>
/// .NET cannot take accents off without ICU data, which these services do without; SQLite's tokenizer can. Its table is read
/// once, by having it tokenize every accented letter: so the substring search and the word index agree.
/// </remarks>
internal static class Folding
{
    private static readonly FrozenDictionary<char, char> Plain = ReadTokenizer();

    public static byte[] Fold(string text)
    {
        var folded = text.ToLowerInvariant();
        var characters = new char[folded.Length];
        var length = 0;
        foreach (var character in folded)
        {
            if (!IsCombiningMark(character))
            {
                characters[length++] = character < '\u0080' ? character : Plain.GetValueOrDefault(character, character);
            }
        }

        return Encoding.UTF8.GetBytes(characters, 0, length);
    }

    private static bool IsCombiningMark(char character) => character is >= '\u0300' and <= '\u036F';

    private static FrozenDictionary<char, char> ReadTokenizer()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        // Latin-1 to Cyrillic, Latin Extended Additional, Greek Extended.
        command.CommandText = """
            CREATE VIRTUAL TABLE letter USING fts5(text, tokenize='unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE token USING fts5vocab(letter, instance);
            WITH RECURSIVE code(point) AS (SELECT 0xC0 UNION ALL SELECT point + 1 FROM code WHERE point < 0x1FFF)
                INSERT INTO letter (rowid, text) SELECT point, char(point) FROM code WHERE point < 0x530 OR point >= 0x1E00;
            SELECT doc, term FROM token;
            """;
        var plain = new Dictionary<char, char> { ['\u0130'] = 'i', ['ς'] = 'σ' };
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var letter = (char)rows.GetInt64(0);
            if (rows.GetString(1) is [var only] && only != letter)
            {
                plain.TryAdd(letter, only);
            }
        }

        return plain.ToFrozenDictionary();
    }
}
