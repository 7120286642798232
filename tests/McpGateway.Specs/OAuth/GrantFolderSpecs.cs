using System.Net;

namespace McpGateway.Specs.OAuth;

/// <summary>Grants in files: what a disk does to them.</summary>
public sealed class GrantFolderSpecs
{
    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_in_oauths_form_and_leaves_nothing_behind()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        var tokens = await gateway.ConnectAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        var folder = Path.Combine(gateway.Gateway.Folder, "oauth", "grants");
        Directory.Move(folder, folder + ".away");
        await File.WriteAllTextAsync(folder, "not a folder", TestContext.Current.CancellationToken);

        using var refused = await gateway.RedeemAsync(clientId, code);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("temporarily_unavailable", await OAuthGateway.ErrorOf(refused));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));

        File.Delete(folder);
        Directory.Move(folder + ".away", folder);
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
    }

    [Fact]
    public async Task What_a_killed_process_left_half_made_is_removed_at_the_next_start()
    {
        var data = Directory.CreateTempSubdirectory("grant-spec-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(data, "oauth", "grants")).FullName;
            foreach (var (name, age) in new[] { ("old.tmp", 2), ("fresh.tmp", 0), ($"{Guid.NewGuid():N}.json", 2) })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), "", TestContext.Current.CancellationToken);
                File.SetLastWriteTimeUtc(Path.Combine(folder, name), DateTime.UtcNow.AddHours(-age));
            }

            await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = data });
            await gateway.ConnectAsync();
            Assert.Equal(
                ["fresh.tmp"],
                Directory.EnumerateFiles(folder).Select(Path.GetFileName).Where(f => f!.EndsWith(".tmp", StringComparison.Ordinal))
            );
            Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
