using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;

namespace Coda.Specs.Contract;

/// <summary>Every tool, with as few arguments as it takes, with the usual ones and with all, asks Coda only what its API takes.</summary>
public sealed class ContractSpecs
{
    /// <summary>Arguments by name; names instead of ids where a person would give them.</summary>
    private static readonly Dictionary<string, (string Plain, string Usual)> Samples = new()
    {
        ["id"] = ("\"AbCDeFGHij\"", "\"AbCDeFGHij/canvas-1x\""),
        ["docId"] = ("\"AbCDeFGHij\"", "\"launch plan\""),
        ["pageIdOrName"] = ("\"canvas-1x\"", "\"notes\""),
        ["rootPageIdOrName"] = ("\"canvas-1x\"", "\"Notes\""),
        ["pageIdsOrNames"] = ("[\"canvas-1x\"]", "[\"Notes\"]"),
        ["parentPageId"] = ("\"canvas-1x\"", "\"Notes\""),
        ["syncDocId"] = ("\"AbCDeFGHij\"", "\"Launch plan\""),
        ["syncPageId"] = ("\"canvas-1x\"", "\"Notes\""),
        ["sourceDoc"] = ("\"AbCDeFGHij\"", "\"Launch plan\""),
        ["tableIdOrName"] = ("\"grid-1x\"", "\"tasks\""),
        ["rowIdOrName"] = ("\"i-1x\"", "\"call ann\""),
        ["columnIdOrName"] = ("\"c-3\"", "\"send\""),
        ["formulaIdOrName"] = ("\"f-1x\"", "\"Sum\""),
        ["controlIdOrName"] = ("\"ctrl-1x\"", "\"Pick\""),
        ["rows"] = ("""[{"Task":"A"}]""", """[{"Task":"A","Hours":"3","Owner":"Bob Miller","Project":["Call Ann"]}]"""),
        ["changes"] = ("""[{"row":"i-1x","cells":{"Task":"A"}}]""", """[{"row":"call ann","cells":{"Hours":4}}]"""),
        ["cells"] = ("""{"Task":"A"}""", """{"Hours":null,"Owner":{"name":"Bob Miller"}}"""),
        ["rowIds"] = ("[\"i-1x\"]", "[\"i-1x\"]"),
        ["keyColumns"] = ("[\"c-1\"]", "[\"task\"]"),
        ["columns"] = ("[\"Task\"]", "[\"Task\",\"hours\"]"),
        ["filters"] = (
            """[{"column":"Task","value":"A"}]""",
            """[{"column":"task","value":"say \"hi\" & 1+1"},{"column":"Hours","op":"more","value":1}]"""
        ),
        ["sums"] = ("[\"Hours\"]", "[\"hours\"]"),
        ["groupBy"] = ("\"Task\"", "\"Owner\""),
        ["elementId"] = ("\"cl-1\"", "\"cl-1\""),
        ["elementIds"] = ("[\"cl-1\"]", "[\"cl-1\"]"),
        ["principal"] = ("""{"type":"email","email":"a@example.com"}""", """{"type":"anyone"}"""),
        ["payload"] = ("{}", """{"a":[1,{"b":null}]}"""),
        ["initialPage"] = ("""{"name":"One"}""", """{"name":"One","subtitle":"s","content":"# Hi","format":"markdown"}"""),
        ["tableTypes"] = ("[\"table\"]", "[\"table\",\"view\"]"),
        ["includedRoles"] = ("[\"Admin\"]", "[\"Admin\",\"Editor\"]"),
        ["docIds"] = ("[\"AbCDeFGHij\"]", "[\"AbCDeFGHij\",\"Launch plan\"]"),
        ["categoryNames"] = ("[\"c\"]", "[\"c\"]"),
        ["url"] = ("\"https://coda.io/d/_dAbCDeFGHij\"", "\"coda.io/d/_dAbCDeFGHij\""),
        ["embedUrl"] = ("\"https://example.com\"", "\"https://example.com\""),
        ["imageUrl"] = ("\"https://example.com/a.png\"", "\"https://example.com/a.png\""),
        ["sinceDate"] = ("\"2026-01-01\"", "\"2026-01-01\""),
        ["untilDate"] = ("\"2026-01-31\"", "\"2026-01-31\""),
        ["orderBy"] = ("\"views\"", "\"views\""),
        ["scale"] = ("\"daily\"", "\"daily\""),
        ["pageToken"] = ("\"t1\"", "\"t1\""),
        ["email"] = ("\"a@example.com\"", "\"a@example.com\""),
        ["workspaceId"] = ("\"ws-1\"", "\"ws-1\""),
        ["customDocDomain"] = ("\"docs.example.com\"", "\" Docs.example.com \""),
        ["timezone"] = ("\"Europe/Berlin\"", "\"UTC\""),
        ["folderId"] = ("\"fl-1\"", "\"fl-1\""),
        ["sortBy"] = ("", ""),
        // What is waited for takes its time, and asks nothing else.
        ["waitSeconds"] = ("0", "0"),
    };

    /// <summary>What a tool needs beside what it requires.</summary>
    private static readonly Dictionary<string, string[]> AlsoWanted = new()
    {
        ["coda_delete_page_content"] = ["elementIds"],
        ["coda_replace_page_content"] = ["elementId"],
        ["coda_update_doc"] = ["title"],
        ["coda_update_page"] = ["name"],
        ["coda_export_pages"] = ["rootPageIdOrName"],
        ["coda_update_acl_settings"] = ["allowCopying"],
        ["coda_update_folder"] = ["name"],
        ["coda_delete_doc"] = ["force"],
    };

    /// <summary>What does not go with the rest.</summary>
    private static readonly Dictionary<string, string[]> Apart = new()
    {
        ["coda_create_page"] = ["embedUrl", "syncDocId", "syncPageId"],
        ["coda_replace_page_content"] = ["everything"],
        ["coda_delete_page_content"] = ["everything"],
        ["coda_export_pages"] = ["pageIdsOrNames"],
        ["coda_find_rows"] = ["pageToken"],
        ["coda_list_rows"] = ["pageToken"],
        ["coda_get_doc_schema"] = ["pageToken"],
        ["coda_create_table"] = ["rows"],
    };

    /// <summary>Calls of these, besides.</summary>
    private static readonly (string Tool, string Arguments)[] More =
    [
        ("coda_create_page", """{"docId":"AbCDeFGHij","name":"E","embedUrl":"https://example.com"}"""),
        ("coda_create_page", """{"docId":"AbCDeFGHij","name":"S","syncDocId":"AbCDeFGHij","syncPageId":"Notes"}"""),
        ("coda_create_page", """{"docId":"AbCDeFGHij","name":"D","syncDocId":"Launch plan"}"""),
        ("coda_replace_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x","everything":true}"""),
        ("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","everything":true,"force":true}"""),
        ("coda_export_pages", """{"docId":"AbCDeFGHij","pageIdsOrNames":["Notes"],"format":"html"}"""),
        ("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","format":"plainText"}"""),
        ("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","pageToken":"t1","limit":5}"""),
        ("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","sortBy":"natural","fetchAll":true}"""),
        ("coda_find_rows", """{"docId":"AbCDeFGHij","text":"ann"}"""),
        ("coda_find_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Hours","value":3}]}"""),
        ("coda_create_table", """{"docId":"AbCDeFGHij","pageIdOrName":"Notes","columns":["A","B"],"rows":[{"A":"1|2","B":null}]}"""),
        ("coda_upsert_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rows":[{"cells":[{"column":"c-1","value":"x"}]}]}"""),
    ];

    [Fact]
    public async Task Every_request_is_one_that_the_api_takes()
    {
        var model = new CodaModel();
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"), ("CODA_LIMIT_READS", "100000/1"));
        coda.Coda.OnAnything(model.AnswerAsync);
        var failed = new List<string>();
        foreach (
            var (tool, arguments) in coda
                .Client.Tools.Where(tool => tool.Name is not ("read_more" or "show_activity"))
                .SelectMany(CasesOf)
                .Concat(More)
        )
        {
            var reply = await coda.CallAsync(tool, arguments);
            if (reply.IsError)
            {
                failed.Add($"{tool} {arguments}: {reply.Text}");
            }
        }

        Assert.Empty(model.Refused);
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.Empty(CodaModel.All.Except(model.Reached.Keys));
    }

    private static IEnumerable<(string Tool, string Arguments)> CasesOf(McpClientTool tool)
    {
        var properties = tool.JsonSchema.GetProperty("properties").EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
        var required = tool.JsonSchema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToList()
            : [];
        required =
        [
            .. required.Union(properties.Keys.Where(name => name == "waitSeconds")).Union(AlsoWanted.GetValueOrDefault(tool.Name) ?? []),
        ];
        var all = properties.Keys.Except(Apart.GetValueOrDefault(tool.Name) ?? []).Where(name => name != "continueFrom").ToList();
        yield return (tool.Name, Fill(required, properties, usual: false));
        yield return (tool.Name, Fill(required, properties, usual: true));
        yield return (tool.Name, Fill(all.Except(["disableParsing", "requestId"]).Union(required), properties, usual: true));
        yield return (tool.Name, Fill(all, properties, usual: false));
    }

    private static string Fill(IEnumerable<string> names, Dictionary<string, JsonElement> properties, bool usual)
    {
        var arguments = new JsonObject();
        foreach (var name in names)
        {
            var sample = Samples.TryGetValue(name, out var known) ? (usual ? known.Usual : known.Plain) : "";
            arguments[name] =
                sample.Length > 0 ? JsonNode.Parse(sample)
                : properties[name].TryGetProperty("enum", out var choices) ? JsonNode.Parse(choices[0].GetRawText())
                : properties[name].GetProperty("type").GetString() switch
                {
                    "boolean" => true,
                    "integer" => 10,
                    _ => name switch
                    {
                        "sortBy" => "Task",
                        // An id of its own for each call.
                        "requestId" => Guid.NewGuid().ToString(),
                        _ => "sample",
                    },
                };
        }

        return arguments.ToJsonString();
    }
}
