namespace Memory.Database;

/// <summary>
/// Where the memory is kept. Whatever stands above it is the same for every database: SQL that all of them read is in the
/// folders of its subject.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>What an operator knows it by; nothing secret is in it.</summary>
    string Place { get; }

    /// <summary>Whether a start looks for what a damaged file does: not where others use the same memory meanwhile.</summary>
    bool IsCheckedAtStart { get; }

    /// <summary>Looks at what has to be there before the service starts.</summary>
    /// <exception cref="McpGateway.Secrets.SettingException">It is not, so that the service cannot start.</exception>
    void Prepare();

    /// <summary>Reads one state of the memory, and never waits for a writer.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    Task<T> ReadAsync<T>(Func<ISession, T> read, CancellationToken cancellationToken);

    /// <summary>Changes the memory in one transaction: all of it or, on any error or cancellation, nothing.</summary>
    /// <param name="space">The namespace that changes; null where all of them may.</param>
    /// <param name="change">May run more than once, where the database has undone what it did before.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    Task<T> WriteAsync<T>(string? space, Func<ISession, T> change, CancellationToken cancellationToken);

    /// <summary>What keeps the memory from being read and written just now, or null.</summary>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken);

    /// <summary>Looks at all that is stored.</summary>
    /// <returns>What is damaged, in the database's words.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    Task<IReadOnlyList<string>> FindDamageAsync(CancellationToken cancellationToken);
}
