using System.Security.Cryptography;

namespace McpGateway.Console.Assets;

/// <summary>
/// The files of the pages: styles, scripts, pictures. Each is served under a name that holds a hash of its content, so that browsers keep it for
/// good. Nothing is read before a page asks for a file.
/// </summary>
public sealed class AssetStore(IEnumerable<AssetSource> sources)
{
    /// <summary>Where the files are.</summary>
    public const string Folder = "/console/assets/";

    private const string Prefix = "console/";

    private readonly Lazy<Dictionary<string, Asset>> byName = new(() => Read(sources));

    /// <summary>The address of a file, such as <c>console.css</c>; null where it is not part of this build.</summary>
    public string? FindUrl(string name) => byName.Value.TryGetValue(name, out var asset) ? Folder + asset.File : null;

    /// <summary>The file of an address.</summary>
    /// <param name="file">The last part of the address, with the hash.</param>
    internal Asset? Find(string? file) => byName.Value.Values.FirstOrDefault(asset => asset.File == file);

    private static Dictionary<string, Asset> Read(IEnumerable<AssetSource> sources)
    {
        var all = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var assembly in sources.Select(source => source.Assembly).Distinct())
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                var name = resource[Prefix.Length..];
                var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
                var extension = Path.GetExtension(name);
                all.Add(name, new($"{Path.GetFileNameWithoutExtension(name)}-{hash}{extension}", TypeOf(extension), content));
            }
        }

        return all;
    }

    private static string TypeOf(string extension) =>
        extension switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".json" => "application/json",
            _ => "application/octet-stream",
        };
}

/// <summary>A file of the pages.</summary>
/// <param name="File">Its name in addresses, with the hash.</param>
internal sealed record Asset(string File, string Type, byte[] Content);
