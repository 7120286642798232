using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Content;

/// <summary>A text, an image, a template, and a resource to subscribe to.</summary>
public sealed partial class SampleResources
{
    /// <summary>A text that never changes.</summary>
    [McpServerResource(UriTemplate = "test://static-text", Name = "Static text", MimeType = "text/plain")]
    public static partial string StaticText() => "This is the content of the static text resource.";

    /// <summary>An image that never changes.</summary>
    [McpServerResource(UriTemplate = "test://static-binary", Name = "Static image", MimeType = "image/png")]
    public static partial BlobResourceContents StaticBinary() =>
        new()
        {
            Uri = "test://static-binary",
            MimeType = "image/png",
            Blob = Samples.Png,
        };

    /// <summary>Data that repeats its id.</summary>
    /// <param name="id">Any id.</param>
    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "Template", MimeType = "application/json")]
    public static partial TextResourceContents Template(string id) =>
        new()
        {
            Uri = $"test://template/{id}/data",
            MimeType = "application/json",
            Text = JsonSerializer.Serialize(
                new
                {
                    id,
                    templateTest = true,
                    data = $"Data for ID: {id}",
                }
            ),
        };

    /// <summary>A text one can subscribe to.</summary>
    [McpServerResource(UriTemplate = "test://watched-resource", Name = "Watched text", MimeType = "text/plain")]
    public static partial string Watched() => "Watched resource content";
}
