namespace Memory.Specs.Search;

/// <summary>Questions as people and models ask them: the right entity comes first, and no page of noise behind it.</summary>
public sealed class RecallSpecs
{
    private const string Life = """
        {"entities":[
        {"name":"Marlene Voss","entityType":"person","observations":["likes chamomile tea","birthday is on the 4th of May","works at Polaris as a glaciologist","her sister is Ana Voss"]},
        {"name":"default_user","entityType":"person","observations":["is called Jakob","passport expires 2028-02-17","allergic to penicillin","verheiratet mit Ida"]},
        {"name":"Project Heron","entityType":"project","observations":["budget was raised to 70k EUR","decision: use SQLite because one machine is enough"]},
        {"name":"My Long Voyage","entityType":"film","observations":["watched in 2019"]},
        {"name":"The Silent Harbour","entityType":"film","observations":["watched in 2020"]},
        {"name":"data team","entityType":"group","observations":["three analysts","analytics on Mondays"]},
        {"name":"Almhütte","entityType":"project","observations":["Umbau der Hütte","Architektin ist Frau Lanz"]},
        {"name":"home loan","entityType":"finance","observations":["mortgage with the Seebank, 1.4 percent"]},
        {"name":"Kajak","entityType":"device","observations":["liegt im Bootshaus"]},
        {"name":"林小雨","entityType":"person","observations":["喜欢喝龙井茶和下象棋","对花生过敏","生日是三月五日"]},
        {"name":"黄河项目","entityType":"project","observations":["预算是两百万元","负责人是林小雨"]},
        {"name":"佐藤花子","entityType":"person","observations":["東京の会議に出る","餌は戸棚の中"]},
        {"name":"سلمى","entityType":"person","observations":["تُحِبُّ القراءة","مُهندِسة","الميزانية مليون"]},
        {"name":"summit","entityType":"event","observations":["in Davos on 12 November 2026"]},
        {"name":"retreat","entityType":"event","observations":["from 3 to 7 October 2026 in the hut of 2026"]},
        {"name":"third meeting of October 2026","entityType":"event","observations":["number 3 of 10"]},
        {"name":"kitchen shelf","entityType":"task","observations":["costs 1 250,50 EUR","plan 3 of October"]},
        {"name":"Lotte Kjær","entityType":"person","observations":["broke her left wrist in spring","phone 079-555-01-02"]},
        {"name":"pier-lights","entityType":"repository","observations":["error E_CONN_REFUSED comes from the VPN","dutyCycleOf() in pwm.rs","licence plate BS 48213"]},
        {"name":"Дмитрий Орлов","entityType":"person","observations":["капитан буксира"]},
        {"name":"Yiannis Markou","entityType":"person","observations":["chief cook"]},
        {"name":"tax return","entityType":"task","observations":["deadline extended to September"]},
        {"name":"X","entityType":"person","observations":["is the harbour master"]},
        {"name":"Ivo Kern","entityType":"person","observations":["phone: +43 (0)664 / 123 45-67","mobile (555) 867-5309"]},
        {"name":"RetryQueue","entityType":"code","observations":["calls getBillById and parseHTMLPage","broken since v2.14.3"]},
        {"name":"Café Seeblick","entityType":"place","observations":["opens 7:30am, closes 18h45","brunch at 10 am"]},
        {"name":"車検","entityType":"task","observations":["ｼｬｹﾝの予約","ディーラーはネッツ横浜","ガス点検"]},
        {"name":"김서연","entityType":"person","observations":["부산에서 치과 의사로 일한다"]},
        {"name":"अनिल","entityType":"person","observations":["फ़ोन ९८७६५४३२१०"]},
        {"name":"ليلى","entityType":"person","observations":["تحب القهوة العربية"]},
        {"name":"vegan club","entityType":"group","observations":["meets on Fridays"]},
        {"name":"Vega 83","entityType":"device","observations":["a lamp"]}
        ]}
        """;

    [Theory]
    [InlineData("When does my passport expire?", "default_user")]
    [InlineData("What does Marlene Voss like?", "Marlene Voss")]
    [InlineData("Why did we decide to use SQLite?", "Project Heron")]
    [InlineData("What is the budget of the Heron project?", "Project Heron")]
    [InlineData("Wer ist der Architekt der Hütte?", "Almhütte")]
    [InlineData("Wo liegt das Kajak?", "Kajak")]
    [InlineData("谁喜欢下象棋", "林小雨")]
    [InlineData("林小雨的生日是什么时候？", "林小雨")]
    [InlineData("黄河项目预算", "黄河项目")]
    [InlineData("花生 过敏", "林小雨")]
    [InlineData("餌はどこ", "佐藤花子")]
    [InlineData("東京の会議はいつ", "佐藤花子")]
    [InlineData("ما هي ميزانية سلمى؟", "سلمى")]
    [InlineData("Marlen Vos", "Marlene Voss")]
    [InlineData("penicilin", "default_user")]
    [InlineData("Hero project", "Project Heron")]
    [InlineData("data-team", "data team")]
    [InlineData("homeloan", "home loan")]
    [InlineData("Alm Hütte", "Almhütte")]
    [InlineData("spouse", "default_user")]
    [InlineData("hypothek", "home loan")]
    [InlineData("2026-11-12", "summit")]
    [InlineData("12.11.2026", "summit")]
    [InlineData("November 12th, 2026", "summit")]
    [InlineData("2026年11月12日", "summit")]
    [InlineData("what happens on 2026-10-03", "retreat")]
    [InlineData("3. Oktober 2026", "retreat")]
    [InlineData("1250.50", "kitchen shelf")]
    [InlineData("1'250.50", "kitchen shelf")]
    [InlineData("0795550102", "Lotte Kjær")]
    [InlineData("079 555 0102", "Lotte Kjær")]
    [InlineData("Which bone did Lotte break?", "Lotte Kjær")]
    [InlineData("pierlights", "pier-lights")]
    [InlineData("ECONNREFUSED", "pier-lights")]
    [InlineData("econn_refused", "pier-lights")]
    [InlineData("duty cycle of", "pier-lights")]
    [InlineData("BS48213", "pier-lights")]
    [InlineData("Dmitri Orlov", "Дмитрий Орлов")]
    [InlineData("Дмитрии", "Дмитрий Орлов")]
    [InlineData("Γιάννης", "Yiannis Markou")]
    [InlineData("Steuererklärungsfrist", "tax return")]
    [InlineData("When can I reach X?", "X")]
    [InlineData("Kjaer", "Lotte Kjær")]
    [InlineData("vegetarian", "vegan club")]
    [InlineData("+436641234567", "Ivo Kern")]
    [InlineData("0043 664 1234567", "Ivo Kern")]
    [InlineData("0664 1234567", "Ivo Kern")]
    [InlineData("06641234567", "Ivo Kern")]
    [InlineData("+1 555 867 5309", "Ivo Kern")]
    [InlineData("get bill by id", "RetryQueue")]
    [InlineData("parse html page", "RetryQueue")]
    [InlineData("get_bill_by_id", "RetryQueue")]
    [InlineData("version 2.14.3", "RetryQueue")]
    [InlineData("07:30", "Café Seeblick")]
    [InlineData("7.30 Uhr", "Café Seeblick")]
    [InlineData("6:45 p.m.", "Café Seeblick")]
    [InlineData("10:00", "Café Seeblick")]
    [InlineData("シャケン", "車検")]
    [InlineData("ﾃﾞｨｰﾗｰ", "車検")]
    [InlineData("ﾈｯﾂ", "車検")]
    [InlineData("カ\u3099ス", "車検")]
    [InlineData("\u1107\u116e\u1109\u1161\u11ab", "김서연")]
    [InlineData("9876543210", "अनिल")]
    [InlineData("फोन", "अनिल")]
    [InlineData("قهوة عربية", "ليلى")]
    public async Task A_question_finds_first(string question, string expected)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync("create_entities", Life);
        Assert.Equal(expected, (await memory.SearchAsync(question)).FirstOrDefault());
    }

    [Theory]
    [InlineData("What is the cavity of Mongolia's seventh largest exporter?")]
    [InlineData("キリンの名前")]
    [InlineData("asdf@nowhere.orphan")]
    public async Task A_question_about_what_is_not_there_finds_nothing(string question)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync("create_entities", Life);
        await memory.CreateAsync("harbour office", "place", "importer of gravity lamps", "grandmother of Ida", "パンの店");
        Assert.Empty(await memory.SearchAsync(question));
    }

    /// <summary>Asked on Sunday, the 29th of November 2026.</summary>
    [Theory]
    [InlineData("what did I do yesterday", "yoga class")]
    [InlineData("Was war gestern?", "yoga class")]
    [InlineData("昨天做了什么", "yoga class")]
    [InlineData("What happened last week?", "board meeting", "yoga class")]
    [InlineData("Was habe ich letzte Woche gemacht?", "board meeting", "yoga class")]
    [InlineData("上周", "board meeting", "yoga class")]
    [InlineData("What is on tomorrow?", "blood test")]
    [InlineData("what's due next week", "blood test", "invoice")]
    [InlineData("what did I do in March", "ski trip")]
    [InlineData("im März", "ski trip")]
    [InlineData("en mars", "ski trip")]
    [InlineData("qué hice en marzo", "ski trip")]
    [InlineData("что было в марте", "ski trip")]
    [InlineData("March 2025", "old trip")]
    [InlineData("delivery in March 2025", "pump delivery")]
    [InlineData("موعد التسليم مارس 2025", "مشروع")]
    [InlineData("December 9999", "the end")]
    [InlineData("last month", "dentist visit")]
    [InlineData("letzten Monat", "dentist visit")]
    [InlineData("The Last Week", "The Last Week")]
    [InlineData("5 décembre 2026", "invoice")]
    [InlineData("5 декабря 2026", "invoice")]
    [InlineData("5 de diciembre de 2026", "invoice")]
    [InlineData("5 dicembre 2026", "invoice")]
    [InlineData("5 de dezembro de 2026", "invoice")]
    [InlineData("5 ديسمبر 2026", "invoice")]
    [InlineData("7 June 2026", "log entry")]
    [InlineData("2026-06-07", "log entry")]
    [InlineData("in giugno", "log entry")]
    public async Task Days_are_understood_as_they_are_said(string question, params string[] expected)
    {
        await using var memory = await MemoryGateway.StartAsync(new SetClock("2026-11-29T10:00:00Z"));
        foreach (
            var (name, fact) in new[]
            {
                ("yoga class", "on 2026-11-28 at nine"),
                ("board meeting", "took place on 18 November 2026"),
                ("blood test", "am 30.11.2026"),
                ("invoice", "to be paid by 2026-12-05"),
                ("ski trip", "2026-03-14: broke a binding"),
                ("old trip", "2025-03-20 in Davos"),
                ("dentist visit", "2026-10-07"),
                ("the end", "9999-12-31"),
                ("pump delivery", "promised for March 2025"),
                ("مشروع", "موعد التسليم في مارس ٢٠٢٥"),
                ("log entry", "created 2026-06-07T09:30:00Z by the importer"),
                ("The Last Week", "a film of 2009"),
                ("My Week in March", "a book of 1999"),
            }
        )
        {
            await memory.CreateAsync(name, "event", fact);
        }

        Assert.Equal(expected, (await memory.SearchAsync(question)).Take(expected.Length).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_misspelt_name_that_begins_another_word_is_still_corrected()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna Lindqvist", "person");
        await memory.CreateAsync("Tom", "person", "is an analyst", "does analytics");
        Assert.Equal(["Anna Lindqvist"], await memory.SearchAsync("Ana Lindquist"));
    }

    [Theory]
    [InlineData("Strasse", "Straße")]
    [InlineData("Langstraße", "LANGSTRASSE")]
    [InlineData("Αθηνα", "Αθήνα")]
    [InlineData("черный", "чёрный")]
    [InlineData("Петр", "Пётр")]
    [InlineData("يحب", "يُحِبُّ")]
    [InlineData("مهندس", "مُهندِس")]
    [InlineData("שלום", "שָׁלוֹם")]
    [InlineData("igdir", "Iğdır")]
    [InlineData("lodzi", "Łodzi")]
    [InlineData("Kobenhavn", "København")]
    [InlineData("Dorde", "Đorđe")]
    [InlineData("ABC123", "ＡＢＣ１２３")]
    [InlineData("memo", "ｍｅｍｏ")]
    [InlineData("file", "ﬁle")]
    [InlineData("aegir", "Ægir")]
    [InlineData("٢٠٢٧", "2027")]
    [InlineData("๒๕๓๐", "2530")]
    [InlineData("ｼｬｹﾝ", "シャケン")]
    [InlineData("ﾊﾟﾝﾀﾞ", "ハ\u309Aンタ\u3099")]
    [InlineData("부산", "\u1107\u116e\u1109\u1161\u11ab")]
    [InlineData("फ\u093cोन", "\u095eोन")]
    [InlineData("すし", "スシ")]
    [InlineData("らーめん", "ラーメン")]
    [InlineData("がす", "ｶﾞｽ")]
    [InlineData("ゔぁいおりん", "ヴァイオリン")]
    public async Task Case_accents_points_width_kana_and_ligatures_do_not_count_in_question_and_text(string one, string other)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("first", "t", $"x {one} y");
        await memory.CreateAsync("second", "t", $"x {other} y");
        Assert.Equal(["first", "second"], (await memory.SearchAsync(one)).Order());
        Assert.Equal(["first", "second"], (await memory.SearchAsync(other)).Order());
    }

    [Theory]
    [InlineData("$245k", "245,000 dollars")]
    [InlineData("$245k", "$245,000")]
    [InlineData("245K", "245.000 Euro")]
    [InlineData("245 thousand", "245 000 €")]
    [InlineData("$245,000.00", "245 Tsd.")]
    [InlineData("€1.2m", "1.2 million euros")]
    [InlineData("1,2 Mio. €", "€1'200'000")]
    [InlineData("1.2 M€", "1200000 EUR")]
    [InlineData("1,2 млн", "1.2-million")]
    [InlineData("3.5M", "3 500 000")]
    [InlineData("3.5bn", "3,5 Milliarden")]
    [InlineData("12k", "12,000")]
    [InlineData("1.5k", "1500")]
    [InlineData("24.5万", "245,000")]
    [InlineData("2亿", "200 million")]
    [InlineData("1,250k", "1.25 million")]
    public async Task An_amount_is_found_however_it_is_written(string one, string other)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("first", "t", $"costs {one} in 2026");
        await memory.CreateAsync("second", "t", $"costs {other} in 2026");
        string[] others = ["costs 7,000 million dollars", "number 245 of 12", "EUR 3, USD 5", "1 room", "5k run", "2 of 200"];
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 60)
                    .Select(i => new
                    {
                        name = $"note {i}",
                        entityType = "t",
                        observations = i < others.Length ? [others[i]] : Array.Empty<string>(),
                    }),
            }
        );
        Assert.Equal(["first", "second"], (await memory.SearchAsync(one)).Take(2).Order());
        Assert.Equal(["first", "second"], (await memory.SearchAsync(other)).Take(2).Order());
    }

    [Theory]
    [InlineData("5 m deep", "5000000")]
    [InlineData("25mm", "25000000")]
    [InlineData("v1.500.2", "1500")]
    [InlineData("phone 1 555 867 5309", "1555867")]
    public async Task A_number_of_another_kind_is_no_amount(string text, string question)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("first", "t", $"is {text}");
        await memory.CreateAsync("second", "t", $"is {question}");
        Assert.Equal(["second"], await memory.SearchAsync(question));
    }

    [Theory]
    [InlineData("Фёдор Ёлкин", "Fyodor Yolkin")]
    [InlineData("Федор Елкин", "Fyodor Yolkin")]
    [InlineData("Фёдор Ёлкин", "Fedor Elkin")]
    [InlineData("Алексей Семёнов", "Alexey Semyonov")]
    [InlineData("Ксения Юдина", "Xenia Iudina")]
    public async Task A_name_is_found_in_other_letters_however_it_is_romanized(string one, string other)
    {
        foreach (var (stored, asked) in new[] { (one, other), (other, one) })
        {
            await using var memory = await MemoryGateway.StartAsync();
            await memory.CreateAsync(stored, "person");
            await memory.CreateAsync("Toyota Teta", "car");
            Assert.Equal([stored], await memory.SearchAsync(asked));
        }
    }

    [Fact]
    public async Task A_sentence_whose_words_are_all_common_gives_a_page_and_not_the_memory()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 500)
                    .Select(i => new
                    {
                        name = $"Person {i}",
                        entityType = "person",
                        observations = new[] { $"likes tea and works with group {i % 7}" },
                    }),
            }
        );
        var found = await memory.CallAsync("search_nodes", """{"query":"Which person likes tea and works in a team of the group?"}""");
        Assert.InRange(found.Names.Length, 1, 20);
        Assert.Equal(["Person 17"], (await memory.SearchAsync("Person 17"))[..1]);
    }

    [Fact]
    public async Task An_empty_answer_says_what_to_try_and_how_the_first_were_found_is_told()
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.Equal("The memory is empty.", (string?)(await memory.CallAsync("search_nodes", """{"query":"x"}""")).Structured!["hint"]);
        await memory.CreateAsync("Kubernetes", "tool", "runs the shop");
        Assert.StartsWith(
            "Nothing found.",
            (string?)(await memory.CallAsync("search_nodes", """{"query":"Zanzibar"}""")).Structured!["hint"],
            StringComparison.Ordinal
        );
        foreach (
            var (query, matched) in ((string, string)[])
                [("runs shop", "all words"), ("shop zanzibar", "some words"), ("kubrnetes", "similar")]
        )
        {
            var found = await memory.CallAsync("search_nodes", new { query });
            Assert.Equal(["Kubernetes"], found.Names);
            Assert.Equal(matched, (string?)found.Structured!["matched"]);
            Assert.Null(found.Structured["hint"]);
        }
    }

    [Fact]
    public async Task A_deleted_fact_and_a_changed_relation_are_found_no_more()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes tea", "tea at five");
        await memory.CreateAsync("Acme");
        await memory.RelateAsync("Anna", "Acme", "advises");
        await memory.CallAsync("delete_observations", """{"deletions":[{"entityName":"Anna","observations":["likes tea"]}]}""");
        Assert.Equal(["Anna"], await memory.SearchAsync("tea"));
        Assert.Empty(await memory.SearchAsync("likes"));
        await memory.CallAsync("delete_relations", """{"relations":[{"from":"Anna","to":"Acme","relationType":"advises"}]}""");
        Assert.Empty(await memory.SearchAsync("advises"));
    }
}
