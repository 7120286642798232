using System.ComponentModel;
using ModelContextProtocol.Server;

namespace Benchmarks.Pipeline;

/// <summary>A tool that costs next to nothing, so that what remains is the way to it and back.</summary>
public static class EchoTools
{
    [McpServerTool(Name = "echo", ReadOnly = true, UseStructuredContent = true), Description("Says what it is told.")]
    public static Echo Echo([Description("What to say.")] string text) => new(text);
}

/// <summary>What was said.</summary>
public sealed record Echo(string Text);
