using System.Text;
using GitHub.Commits;

namespace GitHub.PullRequests;

/// <summary>A diff by the files it changes, whatever git writes their names like: https://git-scm.com/docs/diff-format.</summary>
internal static class DiffParts
{
    private const string Header = "diff --git ";

    /// <summary>The parts of a diff that change a file or what is in a folder; a renamed file goes by both of its names.</summary>
    public static IReadOnlyList<string> At(string diff, string path) =>
        [
            .. ("\n" + diff)
                .Split("\n" + Header)
                .Skip(1)
                .Where(part => NamesIn(part).Any(name => IsAt(name, path)))
                .Select(part => $"{Header}{part.TrimEnd('\n')}\n"),
        ];

    /// <summary>The diff of files by what the list of them says.</summary>
    public static string Of(IEnumerable<ChangedFile> files) =>
        string.Concat(
            files.Select(file =>
                $"{Header}a/{file.PreviousFilename ?? file.Filename} b/{file.Filename}\n"
                + (file.PreviousFilename is { } old ? $"rename from {old}\nrename to {file.Filename}\n" : "")
                + (
                    file.Patch is { } patch
                        ? $"--- {(file.Status == "added" ? "/dev/null" : $"a/{file.PreviousFilename ?? file.Filename}")}\n"
                            + $"+++ {(file.Status == "removed" ? "/dev/null" : $"b/{file.Filename}")}\n{patch}\n"
                        : $"({file.Status}, +{file.Additions} -{file.Deletions}: GitHub gives no diff of it, because it is binary or too large)\n"
                )
            )
        );

    /// <summary>Whether a file is the one meant, or in the folder meant.</summary>
    public static bool IsAt(string name, string path)
    {
        var wanted = path.Trim('/');
        return wanted.Length == 0 || wanted == "." || name == wanted || name.StartsWith($"{wanted}/", StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesIn(string part)
    {
        var lines = part.Split('\n');
        foreach (var line in lines.Skip(1).TakeWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)))
        {
            foreach (var (prefix, isPath) in new[] { ("--- ", true), ("+++ ", true), ("rename from ", false), ("rename to ", false) })
            {
                // git marks the end of a name with spaces by a tab.
                if (line.StartsWith(prefix, StringComparison.Ordinal) && Unquote(line[prefix.Length..].TrimEnd('\t')) is var name)
                {
                    yield return isPath && name.Length > 2 && name[1] == '/' ? name[2..] : name;
                }
            }
        }

        // Without content that changed there is only the header, which has the same name twice: a/x b/x.
        if (lines[0].StartsWith('"'))
        {
            yield return Unquote(lines[0][..(EndOfQuoted(lines[0]) + 1)])[2..];
        }
        else if (lines[0].Length > 5)
        {
            yield return lines[0][2..((lines[0].Length - 1) / 2)];
        }
    }

    private static int EndOfQuoted(string text)
    {
        var end = 1;
        while (end < text.Length - 1 && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return Math.Min(end, text.Length - 1);
    }

    /// <summary>git quotes names with bytes beyond ASCII like strings of C: "caf\303\251".</summary>
    private static string Unquote(string name)
    {
        if (name is not ['"', .., '"'])
        {
            return name;
        }

        var bytes = new List<byte>(name.Length);
        for (var i = 1; i < name.Length - 1; i++)
        {
            if (name[i] != '\\' || i + 1 >= name.Length - 1)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([name[i]]));
            }
            else if (name[i + 1] is >= '0' and <= '3' && i + 3 < name.Length - 1)
            {
                bytes.Add((byte)(((name[i + 1] - '0') << 6) | ((name[i + 2] - '0') << 3) | (name[i + 3] - '0')));
                i += 3;
            }
            else
            {
                i++;
                bytes.Add(
                    (byte)(
                        name[i] switch
                        {
                            'n' => '\n',
                            't' => '\t',
                            'r' => '\r',
                            'a' => '\a',
                            'b' => '\b',
                            'f' => '\f',
                            'v' => '\v',
                            var other => other,
                        }
                    )
                );
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
