using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Content;

/// <summary>Prompts with and without arguments, with a resource and with an image.</summary>
public sealed partial class SamplePrompts
{
    /// <summary>A prompt without arguments.</summary>
    [McpServerPrompt(Name = "test_simple_prompt")]
    public static partial string Simple() => "This is a simple prompt for testing.";

    /// <summary>A prompt that quotes its arguments.</summary>
    /// <param name="arg1">The first argument.</param>
    /// <param name="arg2">The second argument.</param>
    [McpServerPrompt(Name = "test_prompt_with_arguments")]
    public static partial string WithArguments(string arg1, string arg2) => $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    /// <summary>A prompt that embeds a resource.</summary>
    /// <param name="resourceUri">The URI of the resource.</param>
    [McpServerPrompt(Name = "test_prompt_with_embedded_resource")]
    public static partial IEnumerable<PromptMessage> WithEmbeddedResource(string resourceUri) =>
        [
            FromUser(
                new EmbeddedResourceBlock
                {
                    Resource = new TextResourceContents
                    {
                        Uri = resourceUri,
                        MimeType = "text/plain",
                        Text = "Embedded resource content for testing.",
                    },
                }
            ),
            FromUser(new TextContentBlock { Text = "Please process the embedded resource above." }),
        ];

    /// <summary>A prompt that shows an image.</summary>
    [McpServerPrompt(Name = "test_prompt_with_image")]
    public static partial IEnumerable<PromptMessage> WithImage() =>
        [
            FromUser(new ImageContentBlock { Data = Samples.Png, MimeType = "image/png" }),
            FromUser(new TextContentBlock { Text = "Please analyze the image above." }),
        ];

    private static PromptMessage FromUser(ContentBlock content) => new() { Role = Role.User, Content = content };
}
