using System.Globalization;
using System.Text;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>A file that only stands for another one, which Git LFS stores elsewhere: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.</summary>
internal static class LargeFilePointer
{
    /// <summary>The most bytes that one has.</summary>
    public const int Longest = 1_024;

    private static ReadOnlySpan<byte> Begin => "version https://git-lfs.github.com/spec/"u8;

    public static bool Is(ReadOnlySpan<byte> file) => file.Length <= Longest && file.StartsWith(Begin);

    /// <summary>The size in bytes of the file that a text stands for; null where it stands for none.</summary>
    public static long? SizeOf(string text) =>
        text.Length <= Longest
        && Is(Encoding.UTF8.GetBytes(text))
        && text.Split('\n').FirstOrDefault(line => line.StartsWith("size ", StringComparison.Ordinal)) is { } size
        && long.TryParse(size[5..].Trim(), CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;

    /// <exception cref="McpException">A pointer would lose what it stands for.</exception>
    public static void Demand(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (Is(before) && !Is(after))
        {
            throw new McpException(
                $"{path} is a pointer of Git LFS, which stores the file elsewhere and takes none from here: "
                    + "change it with git, or delete it first. Nothing was "
                    + "written."
            );
        }
    }
}
