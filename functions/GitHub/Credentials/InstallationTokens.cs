namespace GitHub.Credentials;

/// <summary>The installation token of the moment. However many calls need a new one at once, it is asked for once, and they share what comes of it.</summary>
internal sealed class InstallationTokens(IAppApi api, GitHubApp app, TimeProvider time)
{
    /// <summary>A token about to expire might do so on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private Task<InstallationToken>? asked;
    private InstallationToken? current;

    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => GetAsync(rejected: null, cancellationToken);

    /// <summary>A token other than one GitHub refused.</summary>
    public async ValueTask<string?> GetAsync(string? rejected, CancellationToken cancellationToken)
    {
        Task<InstallationToken> answer;
        lock (gate)
        {
            if (current is { } token && token.Token != rejected && token.ExpiresAt - time.GetUtcNow() > Margin)
            {
                return token.Token;
            }

            // Not with the caller's cancellation: others wait for the same response. The client's own timeouts bound it.
            answer = asked is { IsCompleted: false } ? asked : asked = AskAsync();
        }

        return (await answer.WaitAsync(cancellationToken)).Token;
    }

    private async Task<InstallationToken> AskAsync()
    {
        await Task.Yield();
        var token = await api.CreateTokenAsync(app.InstallationId, CancellationToken.None);
        lock (gate)
        {
            current = token;
        }

        return token;
    }
}
