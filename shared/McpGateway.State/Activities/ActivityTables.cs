using McpGateway.State.Database;

namespace McpGateway.State.Activities;

/// <summary>
/// The activity in the database of the state, so that each instance shows what callers did at all of them.
/// docs/decisions/0048-long-results-and-activity-shared.md
/// </summary>
internal sealed class ActivityTables(StateDatabase database) : ActivityStore
{
    // With its share of the indexes and of the sums.
    private const long BytesOfEvent = 200;

    public override bool Exists => true;

    public override Task WriteAsync(Action<StateSession, bool> work, CancellationToken cancellationToken) =>
        database.LeaseAsync(
            "activity",
            session =>
            {
                work(session, false);
                return true;
            },
            cancellationToken
        );

    public override Task<T> ReadAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(read, cancellationToken);

    // By count: what a table has on its disk becomes less only some time after its rows.
    public override long SizeOf(StateSession session) => BytesOfEvent * session.Number("SELECT max(id) - min(id) + 1 FROM events");
}
