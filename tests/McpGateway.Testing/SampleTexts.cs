using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpGateway.Testing;

/// <summary>Texts of every kind that an answer may hold, of any length.</summary>
public static class SampleTexts
{
    /// <summary>One of each kind that differs in how tokens and characters go together.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "English",
        "Japanese",
        "emoji",
        "base64",
        "minified code",
        "diff",
        "rare ideographs",
    ];

    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The first article of the Universal Declaration of Human Rights, or the like.
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["English"] = "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience. ",
        ["German"] = "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt. ",
        ["French"] = "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison. ",
        ["Spanish"] = "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón. ",
        ["Polish"] = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są obdarzeni rozumem. ",
        ["Finnish"] = "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. ",
        ["Turkish"] = "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler. ",
        ["Vietnamese"] = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. ",
        ["Russian"] = "Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и совестью. ",
        ["Greek"] = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. ",
        ["Arabic"] = "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا. ",
        ["Hebrew"] = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון. ",
        ["Hindi"] = "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। ",
        ["Thai"] = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ",
        ["Georgian"] = "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. ",
        ["Amharic"] = "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው። ",
        ["Chinese"] = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
        ["Japanese"] = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
        ["Korean"] = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. ",
    };

    public static IReadOnlyDictionary<string, Func<int, string>> All { get; } = Make();

    /// <summary>Whether it is what people write, of which no model should get much less than there is room for.</summary>
    public static bool IsOfPeople(string kind) => Sentences.ContainsKey(kind) || kind is "markdown" or "code" or "diff" or "JSON";

    private static Dictionary<string, Func<int, string>> Make()
    {
        var all = new Dictionary<string, Func<int, string>>();
        foreach (var (language, sentence) in Sentences)
        {
            all[language] = length => Repeat(length, _ => sentence);
        }

        all["markdown"] = n =>
            Repeat(
                n,
                i =>
                    $"## Step {i}\n\nRun `npm install` in the *root* folder, see [the guide](https://example.com/guide/{i}):\n\n- first\n- second\n\n"
            );
        all["code"] = n =>
            Repeat(
                n,
                i =>
                    $"    public async Task<Row> ReadAsync(string id{i}, CancellationToken cancellationToken)\n    {{\n        "
                    + $"return await rows.FindAsync(id{i});\n    }}\n\n"
            );
        all["minified code"] = n => Repeat(n, i => $"function a{i}(b,c){{var d=b[c]||{{}};return!d.x&&(d.x=e(b,{i})),d.x>>>1^~c}}");
        all["diff"] = n =>
            Repeat(
                n,
                i => $"@@ -{i},7 +{i},8 @@ void Main()\n     var before = {i};\n-    Call(before);\n+    Call(before, after: true);\n+\n"
            );
        all["JSON"] = n =>
            Repeat(
                n,
                i =>
                    JsonSerializer.Serialize(
                        new
                        {
                            id = i,
                            name = $"Row {i}",
                            tags = new[] { "a", "b" },
                            done = true,
                        },
                        Plain
                    ) + ","
            );
        all["JSON in JSON"] = n => JsonSerializer.Serialize(All["JSON"](n / 2), Plain);
        all["dictionary"] = n => Repeat(n, i => $"\"key{i}\":\"value {i}\",");
        all["numbers"] = n => Repeat(n, i => $"{i * 7919},");
        all["floats"] = n => Repeat(n, i => Math.Sqrt(i).ToString(CultureInfo.InvariantCulture) + " ");
        all["dates"] = n => Repeat(n, i => $"2026-11-{1 + (i % 28):00}T{i % 24:00}:{i % 60:00}:00.000Z\t");
        all["uuids"] = n => Repeat(n, i => new Guid(i, (short)(i * 31), (short)(i * 17), 1, 2, 3, 4, 5, 6, 7, (byte)i) + "\n");
        all["urls"] = n => Repeat(n, i => $"https://a.example/{i}/{new string('p', i % 50)}?q=%20%C3%BC&ref={i * 31:x}\n");
        all["log"] = n =>
            Repeat(n, i => $"2026-11-28T10:00:0{i % 10}.{i:0000000}Z \u001b[36;1m##[group]Run actions/checkout@v4\u001b[0m\r\n");
        all["table of tabs"] = n => Repeat(n, i => $"{i}\t\t{i % 7}\tx\r\n");
        all["indented"] = n => Repeat(n, i => new string(' ', i % 20) + "if x:\n" + new string('\t', i % 6) + "y()\n\n");
        all["white space"] = n =>
            Repeat(
                n,
                i =>
                    (i % 4) switch
                    {
                        0 => "  ",
                        1 => "\n\n",
                        2 => "\t \u00A0",
                        _ => "\r\n \u3000",
                    }
            );
        all["blanks"] = n => new string(' ', n);
        all["line breaks"] = n => new string('\n', n);
        all["one letter"] = n => new string('a', n);
        all["letters in long runs"] = n =>
            Repeat(n, i => $"{new string((char)('a' + (i % 26)), 50)}/{new string((char)('A' + (i % 26)), 7)} ");
        all["dashes"] = n => new string('-', n);
        all["one digit"] = n => new string('1', n);
        all["emoji"] = n => Repeat(n, i => char.ConvertFromUtf32(0x1F300 + (i * 37 % 0x380)));
        all["emoji of several parts"] = n => Repeat(n, i => i % 2 == 0 ? "👩‍👩‍👧‍👦 👍🏽" : "🇩🇪🏴‍☠️❤️");
        all["one emoji"] = n => Repeat(n, _ => "😀");
        all["box drawing"] = n => Repeat(n, _ => "│ ├──└─ ▓▒░ ╳\n");
        all["mathematical letters"] = n => Repeat(n, i => char.ConvertFromUtf32(0x1D400 + (i % 800)));
        all["stacked marks"] = n => Repeat(n, _ => "e\u0301\u0302\u0323\u0489");
        all["rare ideographs"] = n => Repeat(n, i => char.ConvertFromUtf32(i % 2 == 0 ? 0x4E00 + (i * 97 % 20_900) : 0x20000 + i));
        all["every syllable of Hangul"] = n => Repeat(n, i => ((char)(0xAC00 + (i * 31 % 11_172))).ToString());
        all["base64"] = n => Random(n, Base64);
        all["base64 of text"] = n => Convert.ToBase64String(Encoding.UTF8.GetBytes(All["English"](n * 3 / 4)));
        all["hexadecimal"] = n => Random(n, "0123456789abcdef");
        all["lower-case letters"] = n => Random(n, Lower);
        all["upper-case letters"] = n => Random(n, Lower.ToUpperInvariant());
        all["letters of any case"] = n => Random(n, Lower + Lower.ToUpperInvariant());
        all["Cyrillic letters"] = n => Random(n, "абвгдежзийклмнопрстуфхцчшщъыьэюя");
        all["signs"] = n => Random(n, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
        all["ASCII"] = n => Random(n, new string([.. Enumerable.Range(32, 95).Select(c => (char)c)]));
        all["escapes"] = n => Repeat(n, _ => "\\u0022\\n\\t\\\"");
        all["control characters"] = n => Random(n, "\u0001\u0002\u001f\u007f\u0080\u009f\uFEFF\u200B\u202E");
        all["any character"] = n => Random(n, new string([.. Enumerable.Range(1, 0xD7FF).Select(c => (char)c)]));
        return all;
    }

    private static string Repeat(int length, Func<int, string> piece)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(piece(i));
        }

        return text.ToString();
    }

    private static string Random(int length, string alphabet)
    {
        var random = new Random(length);
        return new string([.. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)])]);
    }
}
