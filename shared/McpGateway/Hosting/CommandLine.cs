using System.Reflection;
using McpGateway.Secrets;

namespace McpGateway.Hosting;

/// <summary>The arguments of a gateway's program. None starts the service: its settings are environment variables.</summary>
internal static class CommandLine
{
    private static string Program => Assembly.GetEntryAssembly()?.GetName().Name ?? "gateway";

    /// <summary>The text that <c>--version</c> or <c>--help</c> ask for; null when no argument was given.</summary>
    /// <exception cref="SettingException">The program does not have this argument.</exception>
    public static string? Text(string[] args, GatewayService service) =>
        args switch
        {
            [] => null,
            ["--version"] => $"{service.Name} {service.Version}",
            ["--help" or "-h"] => Help(service),
            ["--version" or "--help" or "-h", ..] => throw Unknown(args[1]),
            _ => throw Unknown(args[0]),
        };

    private static string Help(GatewayService service) =>
        $"""
            {service.Name} {service.Version}, an MCP gateway

            usage: {Program}            starts the service and runs it until SIGTERM or Ctrl-C
                   {Program} --version  prints the version
                   {Program} --help     prints this text

            Settings are environment variables, such as PORT (default {service.DefaultPort}); docs/operations.md lists them.
            """;

    private static SettingException Unknown(string argument) =>
        new($"unknown argument '{argument.ReplaceLineEndings(" ")}'. Settings are environment variables; --help lists the arguments.");
}
