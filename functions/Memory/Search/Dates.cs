using System.Globalization;

namespace Memory.Search;

/// <summary>Days are written as 2026-11-12, 12 November 2026 or 12. November: each finds the others.</summary>
internal static class Dates
{
    private static readonly string[][] Months =
    [
        ["january", "januar", "jan", "janvier", "enero", "январь", "января", "январе", "januari", "gennaio", "janeiro", "يناير"],
        [
            "february",
            "februar",
            "feb",
            "fevrier",
            "febrero",
            "февраль",
            "февраля",
            "феврале",
            "februari",
            "febbraio",
            "fevereiro",
            "فبراير",
        ],
        ["march", "marz", "mar", "mars", "marzo", "март", "марта", "марте", "maart", "مارس"],
        ["april", "apr", "avril", "abril", "апрель", "апреля", "апреле", "aprile", "ابريل"],
        ["may", "mai", "mayo", "маи", "мая", "мае", "mei", "maggio", "maio", "مايو"],
        ["june", "juni", "jun", "juin", "junio", "июнь", "июня", "июне", "giugno", "junho", "يونيو"],
        ["july", "juli", "jul", "juillet", "julio", "июль", "июля", "июле", "luglio", "julho", "يوليو"],
        ["august", "aug", "aout", "agosto", "август", "августа", "августе", "augustus", "اغسطس"],
        ["september", "sept", "sep", "septembre", "septiembre", "сентябрь", "сентября", "сентябре", "settembre", "setembro", "سبتمبر"],
        ["october", "oktober", "oct", "okt", "octobre", "octubre", "октябрь", "октября", "октябре", "ottobre", "outubro", "اكتوبر"],
        ["november", "nov", "novembre", "noviembre", "ноябрь", "ноября", "ноябре", "novembro", "نوفمبر"],
        ["december", "dezember", "dec", "dez", "decembre", "diciembre", "декабрь", "декабря", "декабре", "dicembre", "dezembro", "ديسمبر"],
    ];

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByName = Months
        .SelectMany((names, i) => names.Select(name => (Name: name, Month: i + 1)))
        .ToDictionary(m => m.Name, m => m.Month, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of a month by its name, 0 when it is none.</summary>
    public static int MonthOf(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var month) ? month : 0;

    /// <summary>Gives months and days of dates their other forms.</summary>
    public static IEnumerable<QueryUnit> Expand(string phrase, List<QueryUnit> units)
    {
        var dated = IsDated(phrase);
        foreach (var unit in units)
        {
            var month = Array.FindIndex(Months, names => names.Contains(unit.Text, StringComparer.Ordinal));
            if (month >= 0)
            {
                var others = Months[month].Where(name => name != unit.Text);
                yield return unit with
                {
                    Others =
                    [
                        .. others,
                        .. HasNumber(units) ? [(month + 1).ToString("00", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                    ],
                };
            }
            else if (
                unit.IsNumber
                && unit.Text.Length <= 2
                && int.TryParse(unit.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                string[] forms = [number.ToString(CultureInfo.InvariantCulture), number.ToString("00", CultureInfo.InvariantCulture)];
                IEnumerable<string> names = dated && number is >= 1 and <= 12 ? Months[number - 1] : [];
                yield return unit with
                {
                    Others = [.. forms.Where(f => f != unit.Text), .. names],
                };
            }
            else
            {
                yield return unit;
            }
        }
    }

    private static bool HasNumber(List<QueryUnit> units) => units.Exists(u => u.IsNumber);

    /// <summary>Whether a question holds a date with a numbered month: 2026-11-12 or 12.11.2026.</summary>
    private static bool IsDated(string phrase)
    {
        var words = Words.Split(phrase);
        for (var i = 0; i + 1 < words.Count; i++)
        {
            var (first, second) = (words[i], words[i + 1]);
            var isYearOnce = (first.Length == 4 && second.Length <= 2) || (first.Length <= 2 && second.Length == 4);
            if (isYearOnce && second.Start == first.End + 1 && phrase[first.End] is '-' or '/' or '.')
            {
                return true;
            }
        }

        return false;
    }
}
