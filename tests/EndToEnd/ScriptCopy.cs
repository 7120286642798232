using McpGateway.Testing;

namespace EndToEnd;

/// <summary>The project's scripts in another folder, with what they source and read: a tenth of what a whole copy takes.</summary>
internal static class ScriptCopy
{
    public static async Task MakeAsync(string folder)
    {
        var copy = $"git ls-files -z run test services build docker infra | git checkout-index -z --stdin --prefix='{folder}/'";
        (await RunningProcess.RunAsync("bash", ["-c", copy], folder: Repository.Root)).Succeeded();
    }
}
