namespace Coda.Specs;

/// <summary>What is one of a list, a day or a host name is taken in any spelling, and refused where it is none.</summary>
public sealed class ChoiceSpecs
{
    [Theory]
    [InlineData("coda_list_doc_analytics", """{"sinceDate":"11/12/2026"}""", "sinceDate='11/12/2026' is not a day: write 2026-11-28.")]
    [InlineData(
        "coda_get_doc_analytics_summary",
        """{"untilDate":"2026-11-31"}""",
        "untilDate='2026-11-31' is not a day: write 2026-11-28."
    )]
    [InlineData(
        "coda_list_page_analytics",
        """{"docId":"AbCDeFGHij","sinceDate":"2026-11-30","untilDate":"2026-11-01"}""",
        "sinceDate=2026-11-30 is after untilDate=2026-11-01, so that no day lies between: exchange them."
    )]
    public async Task Figures_are_not_asked_for_between_what_are_no_days(string tool, string arguments, string told)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.Equal(told, (await coda.CallAsync(tool, arguments)).Error);
        Assert.Empty(coda.Requests);
    }

    [Theory]
    [InlineData(
        "coda_list_doc_analytics",
        """{"scale":"Daily","orderBy":"Total sessions","direction":"DESC"}""",
        "GET /analytics/docs?scale=daily&orderBy=totalSessions&direction=descending"
    )]
    [InlineData("coda_list_doc_analytics", """{"orderBy":"published_at"}""", "GET /analytics/docs?orderBy=publishedAt")]
    [InlineData(
        "coda_list_workspace_members",
        """{"workspaceId":"ws-1","includedRoles":["doc maker","admins"]}""",
        "GET /workspaces/ws-1/users?includedRoles=DocMaker%2CAdmin"
    )]
    public async Task Choices_are_understood_however_they_are_written(string tool, string arguments, string request)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On(request, """{"items":[]}""");
        Assert.Empty((await coda.CallAsync(tool, arguments)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal([request], coda.Requests);
    }

    [Theory]
    [InlineData("coda_list_doc_analytics", """{"scale":"weekly"}""", "scale: \"weekly\" is not one of daily, cumulative.")]
    [InlineData("coda_list_doc_analytics", """{"orderBy":"popularity"}""", "orderBy: \"popularity\" is not one of date, docId, title,")]
    [InlineData(
        "coda_list_workspace_members",
        """{"workspaceId":"ws-1","includedRoles":["Owner"]}""",
        "includedRoles[0]: \"Owner\" is not one of Admin, DocMaker, Editor."
    )]
    public async Task A_choice_that_there_is_not_is_named_with_those_there_are(string tool, string arguments, string told)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.Contains(told, (await coda.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(coda.Requests);
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData(" UTC ", "UTC")]
    [InlineData("Mars/Phobos", null)]
    [InlineData("CET+1", null)]
    public async Task A_time_zone_is_one_of_the_list(string given, string? sent)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("POST /docs", DocSpecs.Doc, 201);
        var reply = await coda.CallAsync("coda_create_doc", $$"""{"title":"T","timezone":"{{given}}"}""");
        if (sent is null)
        {
            Assert.StartsWith($"timezone='{given}' is not a time zone", reply.Error, StringComparison.Ordinal);
            Assert.Empty(coda.Requests);
        }
        else
        {
            Assert.Equal($$"""{"title":"T","timezone":"{{sent}}"}""", Assert.Single(coda.Coda.Received).Text);
        }
    }

    [Theory]
    [InlineData("""["education"," Project  management","Education"]""", """{"categoryNames":["Education","Project management"]}""")]
    [InlineData("""["Educaton"]""", null)]
    public async Task A_category_is_one_of_the_list(string names, string? sent)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On("GET /categories", """{"items":[{"name":"Education"},{"name":"Project management"}]}""").OnApplied("PUT /publish");
        var reply = await coda.CallAsync("coda_publish_doc", $$"""{"docId":"AbCDeFGHij","categoryNames":{{names}}}""");
        if (sent is null)
        {
            Assert.Equal(
                "categoryNames has 'Educaton', which is no category. There are: Education, Project management. Nothing was published.",
                reply.Error
            );
        }
        else
        {
            Assert.Equal(sent, coda.Coda.Received.Single(request => request.Method == "PUT").Text);
        }
    }

    [Theory]
    [InlineData("2026-02", "2026", "sinceDate=2026-02-01&untilDate=2026-12-31")]
    [InlineData("2026/2/3", "2026-02", "sinceDate=2026-02-03&untilDate=2026-02-28")]
    public async Task A_month_or_a_year_is_its_first_day_or_its_last(string since, string until, string sent)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On("GET /analytics/docs/summary", """{"totalSessions":1}""");
        await coda.CallAsync("coda_get_doc_analytics_summary", $$"""{"sinceDate":"{{since}}","untilDate":"{{until}}"}""");
        Assert.Equal($"GET /analytics/docs/summary?{sent}", Assert.Single(coda.Requests));
    }

    [Theory]
    [InlineData("https://docs.example.com/a")]
    [InlineData("localhost")]
    [InlineData("docs example.com")]
    public async Task A_domain_is_a_host_name(string domain)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.StartsWith(
            $"customDocDomain='{domain}' is not a host name",
            (await coda.CallAsync("coda_add_custom_domain", $$"""{"docId":"AbCDeFGHij","customDocDomain":"{{domain}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Requests);
    }
}
