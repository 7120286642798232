using McpGateway.Secrets;
using ModelContextProtocol;

namespace Firecrawl.Team;

/// <summary>The most that one call may be estimated to cost.</summary>
internal sealed class CreditCap
{
    private const string Setting = "FIRECRAWL_MAX_CREDITS_PER_CALL";

    /// <exception cref="SettingException">The operator set less than one credit.</exception>
    public CreditCap(FirecrawlOptions options) =>
        Most = options.MaxCreditsPerCall is null or > 0
            ? options.MaxCreditsPerCall
            : throw new SettingException($"{Setting}='{options.MaxCreditsPerCall}' is too low: use 1 or more, or leave it out.");

    /// <summary>Null: no limit.</summary>
    public int? Most { get; }

    /// <summary>How many pages there is room for, up to the default.</summary>
    public int PagesFor(int creditsEach, int usual) => Most is { } most ? Math.Clamp(most / creditsEach, 1, usual) : usual;

    /// <param name="remedy">What to ask for instead.</param>
    /// <exception cref="McpException">It would cost more.</exception>
    public void Check(long credits, string remedy)
    {
        if (credits > Most)
        {
            throw new McpException(
                $"This may cost about {credits} credits, and the operator allows {Most} for one call ({Setting}); nothing was sent. {remedy}"
            );
        }
    }
}
