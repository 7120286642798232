using System.Globalization;
using System.Text;

namespace Memory.Search;

/// <summary>
/// What search takes for equal: letters without case, accents, width and points, digits of every script. Every two texts one of which holds
/// the other in the official server's search (JavaScript's toLowerCase) still do when folded, since each character folds on its own.
/// <see cref="Composed"/> has what several are together.
/// </summary>
/// <remarks>.NET cannot take accents off without ICU data, which these services do without: hence a table of our own.</remarks>
internal static class Folding
{
    /// <summary>A plain letter or text, and what folds to it.</summary>
    private static readonly string[] Table =
    [
        "a àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặª",
        "ae æǣǽ",
        "b ḃḅḇƀ",
        "c çćĉċčḉ",
        "d ďḋḍḏḑḓđð",
        "dz ʣǳǆ",
        "e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        "f ḟƒ",
        "ff ﬀ",
        "ffi ﬃ",
        "ffl ﬄ",
        "fi ﬁ",
        "fl ﬂ",
        "g ĝğġģǧǵḡǥ",
        "h ĥȟḣḥḧḩḫẖħ",
        "i ìíîïĩīĭįǐȉȋḭḯỉịı\u0130",
        "ij ĳ",
        "j ĵǰ",
        "k ķǩḱḳḵĸ",
        "l ĺļľḷḹḻḽłŀ",
        "lj ǉ",
        "m ḿṁṃ",
        "n ñńņňǹṅṇṉṋŋŉ",
        "nj ǌ",
        "o òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿº",
        "oe œ",
        "p ṕṗ",
        "r ŕŗřȑȓṙṛṝṟ",
        "s śŝşšșṡṣṥṧṩẛſ",
        "ss ßẞ",
        "st ﬅﬆ",
        "t ţťțṫṭṯṱẗŧ",
        "th þ",
        "u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        "v ṽṿ",
        "w ŵẁẃẅẇẉẘ",
        "x ẋẍ",
        "y ýÿŷȳẏẙỳỵỷỹ",
        "z źżžẑẓẕƶ",
        "α άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ",
        "β ϐ",
        "ε έϵἐἑἒἓἔἕὲέ",
        "η ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
        "θ ϑ",
        "ι ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ",
        "κ ϰ",
        "ο όὀὁὂὃὄὅὸό",
        "π ϖ",
        "ρ ϱῤῥ",
        "σ ςϲ",
        "υ ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
        "φ ϕ",
        "ω ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
        "а ӑӓ",
        "г ѓґ",
        "е ѐёӗ",
        "ж ӂӝ",
        "з ӟ",
        "и йѝӣӥ",
        "к ќ",
        "о ӧ",
        "у ўӯӱӳ",
        "ч ӵ",
        "ы ӹ",
        "э ӭ",
        "і ї",
        "ѵ ѷ",
        "ә ӛ",
        "ө ӫ",
        "ا أإآٱ",
        "ي ىئی",
        "و ؤ",
        "ه ةۀە",
        "ك ک",
        "כ ך",
        "מ ם",
        "נ ן",
        "פ ף",
        "צ ץ",
        "' ’‘ʼ`´",
        "\" “”„«»",
        "- ‐‑‒–—−",
        "क \u0958",
        "ख \u0959",
        "ग \u095A",
        "ज \u095B",
        "ड \u095C",
        "ढ \u095D",
        "फ \u095E",
        "य \u095F",
    ];

    /// <summary>Katakana of half width, from U+FF66 on, in full width; then the marks that make them voiced.</summary>
    private const string FullWidth =
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309A";

    private const char Expands = '\uFFFF';

    /// <summary>For each character what it folds to: a character, none (0), or <see cref="Expands"/> where it is a text.</summary>
    private static readonly char[] Single = new char[char.MaxValue + 1];
    private static readonly Dictionary<char, string> Longer = [];

    static Folding()
    {
        for (var i = 0; i < Single.Length; i++)
        {
            Single[i] =
                IsMark((char)i) ? '\0'
                : char.IsDigit((char)i) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue((char)i))
                : (char)i;
        }

        foreach (var line in Table)
        {
            var plain = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            foreach (var letter in line.AsSpan(plain.Length + 1))
            {
                Single[letter] = plain.Length == 1 ? plain[0] : Expands;
                if (plain.Length > 1)
                {
                    Longer[letter] = plain;
                }
            }
        }

        for (var i = 0; i < FullWidth.Length; i++)
        {
            Single['\uFF66' + i] = FullWidth[i];
        }

        Single['\u3000'] = Single['\u00A0'] = ' ';
        for (var wide = '\uFF01'; wide <= '\uFF5E'; wide++)
        {
            Single[wide] = char.ToLowerInvariant((char)(wide - 0xFEE0));
        }
    }

    public static string Fold(string text)
    {
        var folded = text.ToLowerInvariant();
        if (Ascii.IsValid(folded) && !folded.Contains('`', StringComparison.Ordinal))
        {
            return folded;
        }

        var result = new StringBuilder(folded.Length + 8);
        foreach (var character in folded)
        {
            switch (Single[character])
            {
                case '\0' when character != '\0':
                    break;
                case Expands when character != Expands:
                    result.Append(Longer[character]);
                    break;
                case var plain:
                    result.Append(plain);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>
    /// Combining marks of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels and the stroke that only widens, the dot of Hindi, joiners that do
    /// not show.
    /// </summary>
    private static bool IsMark(char c) =>
        c
            is (>= '\u0300' and <= '\u036F')
                or (>= '\u0483' and <= '\u0487')
                or (>= '\u0591' and <= '\u05BD')
                or '\u05BF'
                or '\u05C1'
                or '\u05C2'
                or '\u05C4'
                or '\u05C5'
                or '\u05C7'
                or (>= '\u0610' and <= '\u061A')
                or '\u0640'
                or (>= '\u064B' and <= '\u065F')
                or '\u0670'
                or (>= '\u06D6' and <= '\u06DC')
                or '\u093C'
                or '\u00AD'
                or (>= '\u200B' and <= '\u200F')
                or '\uFEFF';
}
