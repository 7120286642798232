using Refit;

namespace GitHub.Credentials;

/// <summary>https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app</summary>
internal interface IAppApi
{
    [Post("/app/installations/{installation_id}/access_tokens")]
    Task<InstallationToken> CreateTokenAsync(long installation_id, CancellationToken cancellationToken);
}

/// <summary>What the gateway works with for up to an hour. Not a record: nothing prints it by accident.</summary>
internal sealed class InstallationToken
{
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
