namespace ConformanceGateway.Content;

/// <summary>The smallest files of their kind, in base64 as UTF-8, the form the protocol's content blocks keep.</summary>
internal static class Samples
{
    /// <summary>A PNG of one red pixel.</summary>
    public static ReadOnlyMemory<byte> Png { get; } =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="u8.ToArray();

    /// <summary>A WAV of one sample.</summary>
    public static ReadOnlyMemory<byte> Wav { get; } = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="u8.ToArray();
}
