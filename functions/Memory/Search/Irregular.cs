namespace Memory.Search;

/// <summary>Words whose forms do not begin alike, in English and German: what is asked in one is noted in another.</summary>
internal static class Irregular
{
    /// <summary>The forms of one word a line, folded.</summary>
    private const string Words = """
        break breaks broke broken
        bring brings brought
        build builds built
        buy buys bought
        catch catches caught
        choose chooses chose chosen
        come comes came
        drink drinks drank drunk
        drive drives drove driven
        eat eats ate eaten
        fall falls fell fallen
        feel feels felt
        fight fights fought
        find finds found
        fly flies flew flown
        forget forgets forgot forgotten
        freeze freezes froze frozen
        get gets got gotten
        give gives gave given
        go goes went gone
        grow grows grew grown
        hear hears heard
        hide hides hid hidden
        hold holds held
        keep keeps kept
        know knows knew known
        leave leaves left
        lend lends lent
        lose loses lost losing
        make makes made making
        mean means meant
        meet meets met
        pay pays paid
        ride rides rode ridden
        ring rings rang rung
        run runs ran
        see sees saw seen
        sell sells sold
        send sends sent
        shake shakes shook shaken
        sing sings sang sung
        sleep sleeps slept
        speak speaks spoke spoken
        spend spends spent
        stand stands stood
        steal steals stole stolen
        swim swims swam swum
        take takes took taken
        teach teaches taught
        tear tears tore torn
        tell tells told
        think thinks thought
        throw throws threw thrown
        wake wakes woke woken
        wear wears wore worn
        win wins won
        write writes wrote written
        foot feet
        tooth teeth
        child children
        mouse mice
        man men
        woman women
        person people
        knife knives
        life lives
        wife wives
        leaf leaves
        brechen bricht brach gebrochen
        bringen bringt brachte gebracht
        denken denkt dachte gedacht
        essen isst ass gegessen
        fahren fahrt fuhr gefahren
        fallen fallt fiel gefallen
        fangen fangt fing gefangen
        finden findet fand gefunden
        fliegen fliegt flog geflogen
        geben gibt gab gegeben
        gehen geht ging gegangen
        gewinnen gewinnt gewann gewonnen
        halten halt hielt gehalten
        helfen hilft half geholfen
        kennen kennt kannte gekannt
        kommen kommt kam gekommen
        lesen liest las gelesen
        leihen leiht lieh geliehen
        nehmen nimmt nahm genommen
        rufen ruft rief gerufen
        schlafen schlaft schlief geschlafen
        schreiben schreibt schrieb geschrieben
        schwimmen schwimmt schwamm geschwommen
        sehen sieht sah gesehen
        singen singt sang gesungen
        sprechen spricht sprach gesprochen
        stehlen stiehlt stahl gestohlen
        steigen steigt stieg gestiegen
        sterben stirbt starb gestorben
        tragen tragt trug getragen
        treffen trifft traf getroffen
        trinken trinkt trank getrunken
        verlieren verliert verlor verloren
        vergessen vergisst vergass
        wachsen wachst wuchs gewachsen
        waschen wascht wusch gewaschen
        werfen wirft warf geworfen
        ziehen zieht zog gezogen
        buch bucher
        haus hauser
        mann manner
        kind kinder
        """;

    private static readonly Dictionary<string, string[]> Forms = Words
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(forms => forms.Select(form => (Form: form, Others: forms.Where(other => other != form))))
        .GroupBy(f => f.Form, f => f.Others, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.SelectMany(others => others).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>The other forms of a folded word; none where it has none that do not begin alike.</summary>
    public static IReadOnlyList<string> FormsOf(string word) => Forms.TryGetValue(word, out var forms) ? forms : [];
}
