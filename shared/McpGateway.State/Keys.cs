using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>The key ring behind everything sealed. Keys are only ever added.</summary>
public sealed class Keys(StateDatabase database)
{
    public IReadOnlyList<string> All() =>
        database.Read(session => session.Rows("SELECT content FROM keys ORDER BY name", row => row.GetString(0)));

    public void Add(string name, string content) => database.Decide(session => Add(session, name, content));

    /// <summary><see cref="Add(string, string)"/> as part of a larger decision. A name that is taken keeps its key.</summary>
    public static bool Add(StateSession session, string name, string content) =>
        session.Run("INSERT INTO keys (name, content) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, content) == 1;
}
