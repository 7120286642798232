using System.Globalization;

namespace Memory.Search;

/// <summary>Days as people say them, which depend on the day of the question: yesterday, last week, letzten Monat, 昨天.</summary>
internal static class SpokenDays
{
    /// <summary>What is said, folded, by which days are meant. A phrase of several words is joined by low lines.</summary>
    private static readonly Dictionary<string, string> Meanings = Read(
        ("today", "today tonight heute aujourd_hui hoy сегодня اليوم 今天 今日"),
        ("yesterday", "yesterday last_night gestern ayer вчера امس 昨天 昨日"),
        ("before", "day_before_yesterday vorgestern avant_hier anteayer позавчера 前天 一昨日"),
        ("tomorrow", "tomorrow morgen demain manana завтра غدا 明天 明日"),
        ("after", "day_after_tomorrow ubermorgen apres_demain pasado_manana послезавтра 后天 明後日"),
        (
            "last week",
            "last_week past_week previous_week letzte_woche letzter_woche vorige_woche voriger_woche vergangene_woche vergangenen_woche "
                + "semaine_derniere semana_pasada прошлой_неделе прошлая_неделя 上周 上星期 上个星期 先週"
        ),
        ("this week", "this_week diese_woche dieser_woche cette_semaine esta_semana этой_неделе эта_неделя 本周 这周 这个星期 今週"),
        (
            "next week",
            "next_week coming_week nachste_woche nachster_woche kommende_woche kommender_woche semaine_prochaine semana_que_viene "
                + "proxima_semana следующей_неделе следующая_неделя 下周 下星期 下个星期 来週"
        ),
        (
            "last month",
            "last_month past_month previous_month letzten_monat letzter_monat vorigen_monat vergangenen_monat mois_dernier mes_pasado "
                + "прошлом_месяце прошлый_месяц 上个月 上月 先月"
        ),
        ("this month", "this_month diesen_monat diesem_monat ce_mois este_mes этом_месяце этот_месяц 本月 这个月 今月"),
        (
            "next month",
            "next_month coming_month nachsten_monat nachster_monat kommenden_monat mois_prochain mes_que_viene proximo_mes "
                + "следующем_месяце следующий_месяц 下个月 下月 来月"
        ),
        ("last year", "last_year previous_year letztes_jahr letzten_jahr vergangenes_jahr annee_derniere ano_pasado прошлом_году 去年"),
        ("this year", "this_year dieses_jahr cette_annee este_ano этом_году 今年"),
        (
            "last weekend",
            "last_weekend letztes_wochenende letzten_wochenende vergangenes_wochenende week_end_dernier fin_de_semana_pasado 上周末"
        ),
        ("this weekend", "weekend this_weekend wochenende dieses_wochenende ce_week_end este_fin_de_semana 周末 这个周末 週末")
    );

    private static readonly int MostWords = Meanings.Keys.Max(phrase => phrase.Count(c => c == '_') + 1);

    /// <summary>
    /// The days that a folded question speaks of, the words that say nothing besides, and whether it names a month with its year; null when it
    /// speaks of none.
    /// </summary>
    /// <param name="now">The moment of the question, as the memory stores moments.</param>
    public static (List<string> Terms, List<string> Words, bool IsMonth)? Find(string phrase, string now)
    {
        if (!DateTime.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
        {
            return null;
        }

        var words = Words.Split(phrase);
        for (var length = Math.Min(MostWords, words.Count); length > 0; length--)
        {
            for (var at = 0; at + length <= words.Count; at++)
            {
                var said = words.GetRange(at, length).ConvertAll(word => word.Of(phrase));
                if (Meanings.TryGetValue(string.Join('_', said), out var meaning))
                {
                    return (TermsOf(meaning, moment.Date), said, false);
                }
            }
        }

        if (MonthOf(phrase, words, moment, out var named) is { Count: > 0 } month)
        {
            return (month, named is null ? [] : [named], named is null);
        }

        // Scripts that part no words: the longest, for one may begin another.
        return
            words.Exists(word => word.Unspaced)
            && Meanings
                .Keys.Where(said => said[0] >= '\u3000' && phrase.Contains(said, StringComparison.Ordinal))
                .MaxBy(said => said.Length)
                is { } found
            ? (TermsOf(Meanings[found], moment.Date), [], false)
            : null;
    }

    /// <summary>The days of a month that is named with a year, or alone: then of the last one and the next one.</summary>
    /// <param name="named">The word for it; null with a year, where it says something besides.</param>
    private static List<string> MonthOf(string phrase, List<Word> words, DateTime now, out string? named)
    {
        named = null;
        for (var i = 0; i < words.Count; i++)
        {
            var month = Dates.MonthOf(phrase.AsSpan(words[i].Start, words[i].Length));
            // "may" is another word more often than not.
            if (
                month == 0
                || (month == 5 && words[i].Of(phrase) == "may" && !(i > 0 && words[i - 1].Of(phrase) is "in" or "last" or "next"))
            )
            {
                continue;
            }

            named = words[i].Of(phrase);
            var numbers = words.FindAll(word => int.TryParse(phrase.AsSpan(word.Start, word.Length), out _)).ConvertAll(w => w.Of(phrase));
            if (numbers is [{ Length: 4 } only] && int.Parse(only, CultureInfo.InvariantCulture) is >= 1000 and var year)
            {
                // A fact may say no more than the month: then its own word tells as much as a day of it.
                named = null;
                return OfMonth(year, month);
            }

            var thisYears = new DateTime(now.Year, month, 1, 0, 0, 0, now.Kind);
            return numbers.Count > 0 ? []
                : thisYears <= now ? [.. OfMonth(now.Year, month), .. OfMonth(now.Year + 1, month)]
                : [.. OfMonth(now.Year - 1, month), .. OfMonth(now.Year, month)];
        }

        return [];

        static List<string> OfMonth(int year, int month) =>
            Days.TermsOf(new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)));
    }

    private static List<string> TermsOf(string meaning, DateTime today)
    {
        if (meaning is "last year" or "this year")
        {
            return [(meaning is "last year" ? today.Year - 1 : today.Year).ToString(CultureInfo.InvariantCulture)];
        }

        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = new DateTime(today.Year, today.Month, 1, 0, 0, 0, today.Kind);
        var (from, to) = meaning switch
        {
            "today" => (today, today),
            "yesterday" => (today.AddDays(-1), today.AddDays(-1)),
            "before" => (today.AddDays(-2), today.AddDays(-2)),
            "tomorrow" => (today.AddDays(1), today.AddDays(1)),
            "after" => (today.AddDays(2), today.AddDays(2)),
            // Some mean the week before this one, some the seven days before this one.
            "last week" => (monday.AddDays(-7), today.AddDays(-1)),
            "this week" => (monday, monday.AddDays(6)),
            "next week" => (today.AddDays(1), monday.AddDays(13)),
            "last month" => (first.AddMonths(-1), first.AddDays(-1)),
            "this month" => (first, first.AddMonths(1).AddDays(-1)),
            "next month" => (first.AddMonths(1), first.AddMonths(2).AddDays(-1)),
            "last weekend" => (monday.AddDays(-2), monday.AddDays(-1)),
            _ => (monday.AddDays(5), monday.AddDays(6)),
        };
        return Days.TermsOf(from, to);
    }

    private static Dictionary<string, string> Read(params (string Meaning, string Phrases)[] lines) =>
        lines.SelectMany(line => line.Phrases.Split(' ').Select(said => (said, line.Meaning))).ToDictionary(p => p.said, p => p.Meaning);
}
