using System.Reflection;
using McpGateway.Secrets;
using McpGateway.Text;

namespace McpGateway.Commands;

/// <summary>The arguments of a gateway's program. None starts the service: its settings are environment variables.</summary>
internal static class CommandLine
{
    private static string Program => Assembly.GetEntryAssembly()?.GetName().Name ?? "gateway";

    /// <summary>The text that <c>--version</c> or <c>--help</c> ask for; null when neither was given.</summary>
    /// <exception cref="SettingException">There is something else beside it.</exception>
    public static string? Text(string[] args, GatewayService service) =>
        args switch
        {
            ["--version"] => $"{service.Name} {service.Version}",
            ["--help" or "-h"] => Help(service),
            ["--version" or "--help" or "-h", var other, ..] => throw Unknown(other),
            _ => null,
        };

    /// <summary>The command that is asked for, and its arguments; null when there are no arguments at all.</summary>
    /// <exception cref="SettingException">The service does not have this command, or it takes no arguments.</exception>
    public static (Command Command, string[] Arguments)? Find(string[] args, GatewayService service)
    {
        if (args.Length == 0)
        {
            return null;
        }

        var command =
            service.Commands.FirstOrDefault(command => args.Take(WordsOf(command).Length).SequenceEqual(WordsOf(command)))
            ?? throw Unknown(args[0], NearName.Ask(string.Join(' ', args), service.Commands.Select(command => command.Name)));
        var arguments = args[WordsOf(command).Length..];
        return command.Arguments.Length > 0 || arguments.Length == 0 ? (command, arguments) : throw Unknown(arguments[0]);
    }

    private static string Help(GatewayService service)
    {
        (string Usage, string Meaning)[] lines =
        [
            ("", "starts the service and runs it until SIGTERM or Ctrl-C"),
            .. service.Commands.Select(command => ($"{command.Name} {command.Arguments}".TrimEnd(), command.Help)),
            ("--version", "prints the version"),
            ("--help", "prints this text"),
        ];
        var width = lines.Max(line => line.Usage.Length);
        var usage = string.Join("\n       ", lines.Select(line => $"{Program} {line.Usage.PadRight(width)}  {line.Meaning}"));
        return $"""
            {service.Name} {service.Version}, an MCP gateway

            usage: {usage}

            Settings are environment variables, such as PORT (default {service.DefaultPort}); docs/operations.md lists them.
            """;
    }

    private static string[] WordsOf(Command command) => command.Name.Split(' ');

    private static SettingException Unknown(string argument, string meant = "") =>
        new(
            $"unknown argument '{argument.ReplaceLineEndings(" ")}'.{meant} Settings are environment variables; --help lists the arguments."
        );
}
