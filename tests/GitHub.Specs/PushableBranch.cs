using System.Text.Json;

namespace GitHub.Specs;

/// <summary>A stub of GitHub with a branch main in o/r that takes commits, and what specs do to its files.</summary>
internal static class PushableBranch
{
    public static async Task<StubbedGitHub> StartAsync()
    {
        var github = await StubbedGitHub.StartAsync();
        return github
            .On("GET /repos/o/r/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""")
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("POST /repos/o/r/git/blobs", """{"sha":"blob"}""", 201)
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"}}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"ref":"refs/heads/main","object":{"sha":"c2","type":"commit"}}""");
    }

    /// <summary>Makes a line the first of the file f.</summary>
    public static Task<JsonElement> InsertFirstAsync(this StubbedGitHub github, string line) =>
        github.ReadAsync(
            "edit_file",
            new
            {
                owner = "o",
                repo = "r",
                path = "f",
                branch = "main",
                message = "m",
                edits = new[] { new { insert_after_line = 0, new_text = $"{line}\n" } },
            }
        );
}
