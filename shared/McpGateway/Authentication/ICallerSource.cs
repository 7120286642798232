namespace McpGateway.Authentication;

/// <summary>Recognises callers by credentials that are not in a setting: tokens made at run time, or those of a login.</summary>
public interface ICallerSource
{
    /// <summary>Whether there are such credentials, so that nobody gets in without one.</summary>
    ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken);

    /// <summary>The caller the token was given to, or null when it is unknown, has ended or was revoked.</summary>
    ValueTask<Caller?> FindCallerAsync(string token, CancellationToken cancellationToken);
}
