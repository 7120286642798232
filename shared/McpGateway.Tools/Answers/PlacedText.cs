namespace McpGateway.Tools.Answers;

/// <summary>A text that is read by itself.</summary>
/// <param name="Path">Where in the JSON it stood, such as <c>data[2].markdown</c>.</param>
public sealed record PlacedText(string Path, string Text);
