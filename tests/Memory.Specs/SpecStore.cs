using System.Collections.Concurrent;
using McpGateway.Testing;
using Memory.Specs;

[assembly: AssemblyFixture(typeof(SpecStore))]

namespace Memory.Specs;

/// <summary>
/// Where the specs have their memories: files, or with <c>MEMORY_SPECS=postgres</c> databases of one PostgreSQL, which <c>./test</c> runs as well.
/// Specs that are about the file have the trait <c>store=file</c> and are left out then.
/// </summary>
public sealed class SpecStore : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Databases = new(StringComparer.Ordinal);
    private static TestPostgres? postgres;
    private static string? template;

    public static bool IsPostgres => Environment.GetEnvironmentVariable("MEMORY_SPECS") == "postgres";

    /// <summary>The settings of a gateway with a store of its own; gateways with the same DATA_PATH have the same.</summary>
    public static async Task<Dictionary<string, string?>> SettingsAsync(IEnumerable<(string Name, string? Value)> given)
    {
        var settings = given.ToDictionary(s => s.Name, s => s.Value);
        if (IsPostgres && !settings.ContainsKey("MEMORY_DATABASE"))
        {
            settings["MEMORY_DATABASE"] = await UrlOf(settings.GetValueOrDefault("DATA_PATH") ?? $"{Guid.NewGuid()}");
        }

        return settings;
    }

    /// <summary>Another gateway with this folder as its DATA_PATH has the same store.</summary>
    public static void Keep(string folder, Dictionary<string, string?> settings)
    {
        if (IsPostgres && settings["MEMORY_DATABASE"] is { Length: > 0 } url)
        {
            Databases.TryAdd(folder, new(Task.FromResult(url)));
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!IsPostgres)
        {
            return;
        }

        postgres = await TestPostgres.StartAsync();
        // The tables are made once; a copy of them costs less.
        var url = await postgres.CreateDatabaseAsync();
        await using (await MemoryGateway.StartAsync(("MEMORY_DATABASE", url))) { }
        template = url[(url.LastIndexOf('/') + 1)..];
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }

    private static Task<string> UrlOf(string folder) =>
        Databases.GetOrAdd(folder, _ => new(() => postgres!.CreateDatabaseAsync(template!))).Value;
}
