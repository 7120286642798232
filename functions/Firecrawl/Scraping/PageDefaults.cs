using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Secrets;
using ModelContextProtocol;

namespace Firecrawl.Scraping;

/// <summary>How pages are read where a caller does not say: the operator's <c>FIRECRAWL_DEFAULTS</c>.</summary>
internal sealed class PageDefaults
{
    private const string Setting = "FIRECRAWL_DEFAULTS";

    // Neither what a page becomes, which the caller asks for and pays, nor what acts on it.
    private static readonly string[] Allowed =
    [
        .. "timeout waitFor maxAge proxy location mobile onlyMainContent onlyCleanContent blockAds removeBase64Images storeInCache".Split(
            ' '
        ),
        .. "pdfOptions redactPII lockdown skipTlsVerification".Split(' '),
    ];

    private readonly JsonObject options;

    /// <exception cref="SettingException">The setting is not such options.</exception>
    public PageDefaults(FirecrawlOptions settings) => options = Read(settings.Defaults);

    public bool AreSet => options.Count > 0;

    /// <summary>Adds the defaults that the options of pages lack.</summary>
    public void AddTo(JsonObject pageOptions)
    {
        foreach (var (name, value) in options.Where(option => !pageOptions.ContainsKey(option.Key)))
        {
            pageOptions[name] = value?.DeepClone();
        }
    }

    private static JsonObject Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return [];
        }

        try
        {
            var given =
                JsonNode.Parse(setting) as JsonObject
                ?? throw new SettingException($"{Setting} is not a JSON object, such as {{\"proxy\":\"basic\"}}.");
            return given.Select(option => option.Key).FirstOrDefault(name => !Allowed.Contains(name)) is { } other
                ? throw new SettingException(
                    $"{Setting} has '{other}', which cannot be a default: use any of {string.Join(", ", Allowed)}."
                )
                : ScrapeOptions.Read(given, Setting).ToBody();
        }
        catch (JsonException)
        {
            throw new SettingException($"{Setting} is not valid JSON: write an object such as {{\"proxy\":\"basic\"}}.");
        }
        catch (McpException e)
        {
            throw new SettingException($"{Setting} cannot be read: {e.Message}");
        }
    }
}
