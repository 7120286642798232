using McpGateway.Commands;
using Memory.Database;
using ModelContextProtocol;

namespace Memory.Commands;

/// <summary>The arguments of a command: words, options with a value, and flags.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);
    private readonly List<string> words = [];

    /// <param name="valued">Options that take a value.</param>
    /// <param name="flags">Options that take none.</param>
    /// <exception cref="CommandException">An option is not known, or lacks its value.</exception>
    public Arguments(IReadOnlyList<string> arguments, string[] valued, string[] flags)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var n, var v] ? (n, v) : (arguments[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arguments[i]);
            }
            else if (valued.Contains(name))
            {
                options[name] =
                    value
                    ?? (
                        ++i < arguments.Count ? arguments[i] : throw new CommandException($"{name} lacks its value: give it after a space.")
                    );
            }
            else if (flags.Contains(name) && value is null)
            {
                options[name] = "";
            }
            else
            {
                throw new CommandException($"unknown option '{arguments[i]}': use {string.Join(", ", valued.Concat(flags))}.");
            }
        }
    }

    public IReadOnlyList<string> Words => words;

    public bool Has(string flag) => options.ContainsKey(flag);

    public string? Value(string option) => options.GetValueOrDefault(option);

    /// <summary>The namespace that --namespace names, or the default one.</summary>
    public string Namespace
    {
        get
        {
            try
            {
                return Spaces.Check(Value("--namespace") ?? Spaces.Default);
            }
            catch (McpException e)
            {
                throw new CommandException(e.Message, e);
            }
        }
    }
}
