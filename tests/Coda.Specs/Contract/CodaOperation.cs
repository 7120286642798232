using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace Coda.Specs.Contract;

/// <summary>An operation of the API: what its query and body may hold, and what it responds.</summary>
/// <param name="Body">In the notation of <see cref="Shape"/>; null: none.</param>
internal sealed record CodaOperation(string Name, string Query, int Status, string Answer, string? Body = null)
{
    private readonly Regex pattern = new("^" + Regex.Replace(Name, @"\{\w+\}", "[^/]+") + "$");
    private readonly Shape? body = Body is null ? null : Shape.Parse(Body);
    private readonly Dictionary<string, string> query = Query
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(one => one.Split(':'))
        .ToDictionary(one => one[0].TrimEnd('*'), one => one[1]);

    public bool Matches(string method, string path) => pattern.IsMatch($"{method} {path}");

    public string? Check(string? asked, byte[] sent)
    {
        var values = HttpUtility.ParseQueryString(asked ?? "");
        if (values["pageToken"] is not null && values.Count > 1)
        {
            return "pageToken does not travel alone";
        }

        foreach (var name in values.AllKeys)
        {
            if (name is null || !query.TryGetValue(name, out var kind))
            {
                return $"query {name} is not known";
            }

            if (!Fits(kind, values[name]!))
            {
                return $"query {name}={values[name]} is not of its form ({kind})";
            }
        }

        return body is null ? (sent.Length == 0 ? null : "a body where none is taken")
            : sent.Length == 0 ? "no body"
            : body.Check(JsonDocument.Parse(sent).RootElement);
    }

    private static bool Fits(string kind, string value) =>
        kind switch
        {
            "b" => value is "true" or "false",
            "n" => int.TryParse(value, out var number) && number > 0,
            "d" => Regex.IsMatch(value, @"^\d{4}-\d{2}-\d{2}$"),
            "o" => value is "createdAt" or "updatedAt" or "natural",
            "f" => value is "simple" or "simpleWithArrays" or "rich",
            // A column and one JSON value.
            "q" => Regex.Match(value, "^(?:c-[\\w-]+|\"[^\"]+\"):(.+)$") is { Success: true } match && IsScalar(match.Groups[1].Value),
            _ => true,
        };

    private static bool IsScalar(string json)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
