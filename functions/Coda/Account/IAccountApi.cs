using Refit;

namespace Coda.Account;

/// <summary>https://coda.io/developers/apis/v1#tag/Account</summary>
internal interface IAccountApi
{
    [Get("/whoami")]
    Task<User> WhoAmIAsync(CancellationToken cancellationToken);
}
