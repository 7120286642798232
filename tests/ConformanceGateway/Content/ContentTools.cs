using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Content;

/// <summary>Every kind of content a tool can return, and an error.</summary>
public sealed partial class ContentTools
{
    /// <summary>Returns a text.</summary>
    [McpServerTool(Name = "test_simple_text", ReadOnly = true)]
    public static partial string SimpleText() => "This is a simple text response for testing.";

    /// <summary>Returns an image.</summary>
    [McpServerTool(Name = "test_image_content", ReadOnly = true)]
    public static partial ImageContentBlock Image() => new() { Data = Samples.Png, MimeType = "image/png" };

    /// <summary>Returns a sound.</summary>
    [McpServerTool(Name = "test_audio_content", ReadOnly = true)]
    public static partial AudioContentBlock Audio() => new() { Data = Samples.Wav, MimeType = "audio/wav" };

    /// <summary>Returns an embedded resource.</summary>
    [McpServerTool(Name = "test_embedded_resource", ReadOnly = true)]
    public static partial EmbeddedResourceBlock EmbeddedResource() =>
        Embed("test://embedded-resource", "text/plain", "This is an embedded resource content.");

    /// <summary>Returns a text, an image and a resource.</summary>
    [McpServerTool(Name = "test_multiple_content_types", ReadOnly = true)]
    public static partial ContentBlock[] MultipleContentTypes() =>
        [
            new TextContentBlock { Text = "Multiple content types test:" },
            new ImageContentBlock { Data = Samples.Png, MimeType = "image/png" },
            Embed("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
        ];

    /// <summary>Fails.</summary>
    [McpServerTool(Name = "test_error_handling", ReadOnly = true)]
    public static partial string Error() => throw new McpException("This tool intentionally returns an error for testing");

    private static EmbeddedResourceBlock Embed(string uri, string mimeType, string text) =>
        new()
        {
            Resource = new TextResourceContents
            {
                Uri = uri,
                MimeType = mimeType,
                Text = text,
            },
        };
}
