using McpGateway.Secrets;

namespace McpGateway.Authentication;

/// <summary>Rights with a name, which tokens and approvals of apps can refer to: the setting <c>PROFILES</c>.</summary>
public sealed class Profiles
{
    private readonly Dictionary<string, Rights> named = new(StringComparer.Ordinal);

    /// <param name="setting">Entries <c>name: rights</c>, separated by <c>|</c> or line breaks.</param>
    /// <param name="zone">The operator's time zone.</param>
    /// <exception cref="SettingException">An entry is malformed, or a name comes twice.</exception>
    public Profiles(string? setting, TimeZoneInfo zone)
    {
        // A profile may build on those before it.
        Text = new(zone, named);
        foreach (
            var entry in (setting ?? "").Split(['|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var (name, rights) =
                entry.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } n, { Length: > 0 } r] && IsName(n)
                    ? (n, r)
                    : throw new SettingException(
                        $"PROFILES has the entry '{entry}', which is not name: rights. Write for example 'n8n: read;tools=search_* | team: deny=delete_*', "
                            + "with names of letters, digits, - and _."
                    );
            if (!named.TryAdd(name, Text.Parse(rights, $"the profile '{name}' of PROFILES")))
            {
                throw new SettingException($"PROFILES names '{name}' twice: give each profile a name of its own.");
            }
        }
    }

    /// <summary>Every profile by its name.</summary>
    public IReadOnlyDictionary<string, Rights> All => named;

    /// <summary>Reads rights in which a profile can be named.</summary>
    public RightsText Text { get; }

    private static bool IsName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
