using System.Net;
using System.Text.Json;
using Coda.Docs;
using Coda.Links;
using Coda.Sharing;
using Coda.Tables;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Turns the name of a person into the e-mail address that Coda takes. Lives for one call.</summary>
internal sealed class PeopleResolver(ISharingApi sharing, DocId doc)
{
    private readonly Dictionary<string, string> known = [];

    /// <summary>The value with addresses in place of names.</summary>
    /// <exception cref="McpException">Nobody, or several, have the name.</exception>
    public async Task<JsonElement> WriteAsync(Column column, JsonElement value, CancellationToken cancellationToken)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var people = new List<JsonElement>();
            foreach (var person in value.EnumerateArray())
            {
                people.Add(await WriteAsync(column, person, cancellationToken));
            }

            return JsonSerializer.SerializeToElement(people);
        }

        var name =
            value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim()
            : value.ValueKind == JsonValueKind.Object
            && !value.TryGetProperty("email", out _)
            && value.TryGetProperty("name", out var member)
            && member.ValueKind == JsonValueKind.String
                ? member.GetString()!.Trim()
            : "";
        return name.Length == 0 || name.Contains('@', StringComparison.Ordinal)
            ? value
            : JsonSerializer.SerializeToElement(await FindAsync(column, value, name, cancellationToken));
    }

    private async Task<string> FindAsync(Column column, JsonElement value, string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(Named.Fold(name), out var email))
        {
            return email;
        }

        var found = await SearchAsync(name, cancellationToken);
        var same = found.FindAll(user => Named.Fold(user.Name) == Named.Fold(name));
        if (same is not [{ LoginId: { } address }])
        {
            var candidates = string.Join(", ", (same.Count > 0 ? same : found).Take(5).Select(user => $"{user.Name} ({user.LoginId})"));
            throw CellWriter.Refuse(
                column,
                value,
                candidates.Length > 0 ? $"the person's e-mail address; there are: {candidates}" : "the person's e-mail address"
            );
        }

        return known[Named.Fold(name)] = address;
    }

    private async Task<List<FoundUser>> SearchAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await sharing.SearchPrincipalsAsync(doc, name, cancellationToken)).Users ?? []];
        }
        catch (UpstreamException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            // The token may not ask; then an address is needed.
            return [];
        }
    }
}
