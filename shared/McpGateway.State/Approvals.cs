using System.Data.Common;
using System.Text.Json;
using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>
/// Calls that wait for the operator's yes. A yes is for one call, known by its digest, counts once and for 15 minutes; a no stands as long.
/// A question stands for an hour after the call was last sent.
/// </summary>
public sealed class Approvals(StateDatabase database, TimeProvider time)
{
    /// <summary>How long an answer counts.</summary>
    public static readonly TimeSpan AnswerHolds = TimeSpan.FromMinutes(15);

    private const int MostForEachCaller = 20;
    private const string Columns = "call, caller, tool, title, meaning, arguments, asked, names";

    private static readonly TimeSpan QuestionStands = TimeSpan.FromHours(1);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes the answer to a call; where there is none, the call waits from now on.</summary>
    public Task<ApprovalState> AskAsync(WaitingCall call, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
            {
                var now = Now;
                session.Run("DELETE FROM approvals WHERE until <= $1", now);
                switch (AnswerOf(session, call.Digest))
                {
                    case (true, true):
                        session.Run("DELETE FROM approvals WHERE call = $1", call.Digest);
                        return ApprovalState.Approved;
                    case (true, false):
                        return ApprovalState.Denied;
                    case (true, null):
                        session.Run("UPDATE approvals SET until = $2 WHERE call = $1", call.Digest, now + QuestionMilliseconds);
                        return ApprovalState.Waiting;
                    case (false, _) when CountOf(session, call.Caller) >= MostForEachCaller:
                        return ApprovalState.TooMany;
                }

                session.Run(
                    "INSERT INTO approvals (call, caller, tool, title, meaning, arguments, asked, until, names) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    call.Digest,
                    call.Caller,
                    call.Tool,
                    call.Title,
                    call.Meaning,
                    call.Arguments,
                    now,
                    now + QuestionMilliseconds,
                    JsonSerializer.Serialize(call.Names, StateJson.Default.IReadOnlyDictionaryStringString)
                );
                return ApprovalState.Waiting;
            },
            cancellationToken
        );

    /// <summary>A call that was sent before, answered or not; null when it is not known, or was forgotten.</summary>
    public async Task<WaitingCall?> FindAsync(string digest, CancellationToken cancellationToken) =>
        (
            await database.ReadAsync(
                session => session.Rows($"SELECT {Columns} FROM approvals WHERE call = $1 AND until > $2", Read, digest, Now),
                cancellationToken
            )
        ).FirstOrDefault();

    /// <summary>Whether a call still waits: neither answered nor forgotten.</summary>
    public Task<bool> IsWaitingAsync(string digest, CancellationToken cancellationToken) =>
        database.ReadAsync(session => AnswerOf(session, digest) is (true, null), cancellationToken);

    /// <summary>The calls that wait, the latest first.</summary>
    public async Task<IReadOnlyList<WaitingCall>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.Rows($"SELECT {Columns} FROM approvals WHERE answer IS NULL AND until > $1 ORDER BY asked DESC", Read, Now),
            cancellationToken
        );

    /// <summary>Answers a call that waits.</summary>
    /// <returns>The call, or null when it does not wait any more.</returns>
    public Task<WaitingCall?> AnswerAsync(string digest, bool yes, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
                session
                    .Rows(
                        $"UPDATE approvals SET answer = $2, until = $3 WHERE call = $1 AND answer IS NULL AND until > $4 RETURNING {Columns}",
                        Read,
                        digest,
                        yes ? 1 : 0,
                        Now + (long)AnswerHolds.TotalMilliseconds,
                        Now
                    )
                    .FirstOrDefault(),
            cancellationToken
        );

    private static long QuestionMilliseconds => (long)QuestionStands.TotalMilliseconds;

    private static WaitingCall Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            JsonSerializer.Deserialize(row.GetString(7), StateJson.Default.IReadOnlyDictionaryStringString)!,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))
        );

    private static (bool Known, bool? Answer) AnswerOf(StateSession session, string digest) =>
        session.Rows("SELECT answer FROM approvals WHERE call = $1", row => row.IsDBNull(0) ? (bool?)null : row.GetInt64(0) == 1, digest)
            is [var answer]
            ? (true, answer)
            : (false, null);

    private static long CountOf(StateSession session, string caller) =>
        session.Number("SELECT count(*) FROM approvals WHERE caller = $1 AND answer IS NULL", caller);
}

/// <summary>A call that waits for a yes.</summary>
/// <param name="Digest">SHA-256 of caller, tool and arguments: what a yes is given for.</param>
/// <param name="Meaning">What the tool does, in a sentence.</param>
/// <param name="Arguments">A JSON object, as it was sent.</param>
/// <param name="Names">What people call the things that arguments stand for, by the names of the arguments.</param>
/// <param name="Asked">When it was sent first.</param>
public sealed record WaitingCall(
    string Digest,
    string Caller,
    string Tool,
    string Title,
    string Meaning,
    string Arguments,
    IReadOnlyDictionary<string, string> Names,
    DateTimeOffset Asked = default
);

/// <summary>What the operator has said to a call.</summary>
public enum ApprovalState
{
    /// <summary>Nothing yet.</summary>
    Waiting,

    /// <summary>Yes; it has been used up by telling so.</summary>
    Approved,

    /// <summary>No.</summary>
    Denied,

    /// <summary>So many calls of this caller wait that no other may.</summary>
    TooMany,
}

/// <summary>Where the operator answers, as the part of the gateway says that has the page; not registered where there is none.</summary>
/// <param name="Path">The path of the page.</param>
public sealed record ApprovalsPlace(string Path);

[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class StateJson : System.Text.Json.Serialization.JsonSerializerContext;
