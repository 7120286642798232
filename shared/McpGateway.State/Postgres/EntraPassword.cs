using Azure.Core;
using Azure.Identity;
using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>
/// Tokens of Microsoft Entra in place of a password: Azure Database for PostgreSQL takes one whenever a connection is opened. Apart from
/// <see cref="PostgresServer"/>, so that Azure's libraries are loaded for it alone.
/// </summary>
internal sealed class EntraPassword(TokenCredential credential, TimeProvider time) : IDisposable
{
    private static readonly TokenRequestContext Request = new(["https://ossrdbms-aad.database.windows.net/.default"]);

    /// <summary>A token with less time left than this is renewed.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim asking = new(1, 1);
    private AccessToken token;

    public static void Use(NpgsqlDataSourceBuilder source, TimeProvider time)
    {
        var password = new EntraPassword(new DefaultAzureCredential(), time);
        source.UsePasswordProvider(
            _ => throw new NotSupportedException("Connections are opened asynchronously."),
            (_, cancellationToken) => password.GetAsync(cancellationToken)
        );
    }

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (token.ExpiresOn - time.GetUtcNow() < Least)
            {
                token = await AskAsync(cancellationToken);
            }

            return token.Token;
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<AccessToken> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await credential.GetTokenAsync(Request, cancellationToken);
        }
        catch (AuthenticationFailedException e)
        {
            throw new DatabaseException(
                "No Azure identity of this machine could sign in at the database: check its managed identity, or put a password into the URL.",
                e
            );
        }
    }

    public void Dispose() => asking.Dispose();
}
