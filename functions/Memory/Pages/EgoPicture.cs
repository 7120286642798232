using McpGateway.Text;
using Memory.Graph;
using Microsoft.AspNetCore.Html;

namespace Memory.Pages;

/// <summary>An entity among its neighbours, drawn without script: the picture of phones, and one to walk on in.</summary>
internal static class EgoPicture
{
    /// <summary>How many neighbours have room around it.</summary>
    public const int Most = 14;

    private const int LongestName = 18;
    private const int Kinds = 8;
    private const double Width = 400;
    private const double Height = 320;

    public static IHtmlContent Of(MemoryRequest request, StoredEntity middle, Neighborhood around)
    {
        if (around.Entities.Count == 0)
        {
            return Html.Empty;
        }

        var shown = around.Entities.Take(Most).ToList();
        var kinds = shown
            .Select(entity => entity.EntityType)
            .Append(middle.EntityType)
            .GroupBy(type => type, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select((group, i) => (group.Key, Kind: Math.Min(i, Kinds)))
            .ToDictionary(pair => pair.Key, pair => pair.Kind, StringComparer.Ordinal);
        var places = shown.Select((_, i) => PlaceOf(i, shown.Count)).ToList();
        return Html.Of(
            $"""
            <svg class="ego" viewBox="0 0 {Width} {Height}" role="group" aria-label="{middle.Name} and {(
                around.Truncated ? "some of its" : "its"
            )} neighbours">
            {Html.Join(
                places.Select(place => Html.Of($"""<line x1="{Width / 2}" y1="{Height / 2}" x2="{place.X:0.#}" y2="{place.Y:0.#}"/>"""))
            )}
            {Html.Join(shown.Select((entity, i) => Dot(request, entity.Name, entity.EntityType, kinds, places[i])))}
            <circle class="kind-{kinds[middle.EntityType]} middle" cx="{Width / 2}" cy="{Height / 2}" r="13"/>
            <text class="middle" x="{Width / 2}" y="{Height / 2 + 30}">{Cut.To(middle.Name, LongestName)}</text>
            </svg>
            """
        );
    }

    /// <summary>On an ellipse, every other one further out, so that their names have room.</summary>
    private static (double X, double Y) PlaceOf(int place, int all)
    {
        var angle = (2 * Math.PI * place / all) - (Math.PI / 2);
        var far = all > 7 && place % 2 == 1 ? 0.68 : 1;
        return ((Width / 2) + (150 * far * Math.Cos(angle)), (Height / 2) - 8 + (125 * far * Math.Sin(angle)));
    }

    private static IHtmlContent Dot(
        MemoryRequest request,
        string name,
        string type,
        Dictionary<string, int> kinds,
        (double X, double Y) place
    ) =>
        Html.Of(
            $"""
            <a href="{request.ToEntity(name)}"><title>{name}, {type}</title>
            <circle class="reach" cx="{place.X:0.#}" cy="{place.Y:0.#}" r="15"/><circle class="kind-{kinds[
                type
            ]}" cx="{place.X:0.#}" cy="{place.Y:0.#}" r="8"/>
            <text x="{place.X:0.#}" y="{place.Y + 22:0.#}">{Cut.To(name, LongestName)}</text></a>
            """
        );
}
