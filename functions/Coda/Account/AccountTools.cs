using ModelContextProtocol.Server;

namespace Coda.Account;

/// <summary>Tools about the token's user.</summary>
internal sealed partial class AccountTools(IAccountApi account)
{
    /// <summary>Shows whose Coda token this gateway uses, and their workspace.</summary>
    [McpServerTool(Name = "coda_whoami", Title = "Who am I", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public partial Task<User> WhoAmIAsync(CancellationToken cancellationToken) => account.WhoAmIAsync(cancellationToken);
}
