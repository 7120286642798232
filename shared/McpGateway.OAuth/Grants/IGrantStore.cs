namespace McpGateway.OAuth.Grants;

/// <summary>Where grants are stored. Creating and replacing are atomic: of several at once, one succeeds.</summary>
internal interface IGrantStore
{
    /// <returns>False if the id is taken, by whatever state of the grant.</returns>
    Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken);

    /// <summary>The grant as it is now.</summary>
    Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The grant as it was at most 30 s ago, for the check of each call.</summary>
    ValueTask<Grant?> FindRecentAsync(string id, CancellationToken cancellationToken);

    /// <returns>False if the grant has changed since <paramref name="version"/> was read, or is gone.</returns>
    Task<bool> TryReplaceAsync(Grant grant, string version, CancellationToken cancellationToken);

    /// <summary>Uses up what works once, such as the ticket of a page.</summary>
    /// <param name="until">When it expires.</param>
    /// <returns>False when it was used before.</returns>
    Task<bool> TrySpendAsync(string ticket, DateTimeOffset until, CancellationToken cancellationToken);

    IAsyncEnumerable<Grant> ListAsync(CancellationToken cancellationToken);

    /// <summary>What keeps grants from being read and written now, in a sentence for the operator; null when nothing does.</summary>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken);

    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
