using McpGateway.Authentication;
using McpGateway.OAuth;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.State;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Console.Access;

/// <summary>Somebody who has access.</summary>
/// <param name="Name">What a person knows them by.</param>
/// <param name="Caller">What events, budgets and audit lines know them by.</param>
/// <param name="Rights">What they may do, as an operator writes it or in words.</param>
/// <param name="AnswersTo">The host that got the answer to a login; null where nobody logged in.</param>
/// <param name="KnowsUse">Whether it is noted when they call.</param>
internal sealed record AccessEntry(
    string Name,
    string Caller,
    string Kind,
    string Rights,
    string? VouchedBy,
    string? AnswersTo,
    DateTimeOffset? Since,
    bool KnowsUse,
    DateTimeOffset? Used,
    IReadOnlyList<AccessAction> Actions
)
{
    public static AccessEntry Of(Grant grant, AccessChoices choices) =>
        new(
            grant.ClientName,
            grant.CallerName,
            grant.IsMachine ? "program" : "app",
            choices.Describe(grant.Scope, grant.Profile),
            WhoVouches(grant),
            grant.IsMachine ? null : grant.RedirectHost,
            grant.Created,
            KnowsUse: true,
            grant.LastUsed,
            [
                .. Scopes.MayWrite(grant.Scope) || choices.Narrower.Count > 1
                    ? [new("Narrow", QueryHelpers.AddQueryString(ConnectionPages.NarrowPath, "id", grant.Id))]
                    : Array.Empty<AccessAction>(),
                new("End", QueryHelpers.AddQueryString(ConnectionPages.EndPath, "id", grant.Id), Ends: true),
            ]
        );

    public static AccessEntry Of(TokenRow row) =>
        new(
            row.Name,
            row.Name,
            "token",
            row.Rights.Length > 0 ? row.Rights : "everything",
            VouchedBy: null,
            AnswersTo: null,
            row.Created,
            KnowsUse: true,
            row.Used,
            [
                new("Change", QueryHelpers.AddQueryString(TokenPages.ChangePath, "name", row.Name)),
                new("Rotate", QueryHelpers.AddQueryString(TokenPages.RotatePath, "name", row.Name)),
                new("End", QueryHelpers.AddQueryString(TokenPages.EndPath, "name", row.Name), Ends: true),
            ]
        );

    /// <summary>A token of a setting, which only whoever sets it can change.</summary>
    public static AccessEntry Of(Caller caller) =>
        new(
            caller.Name,
            caller.Name,
            "token of a setting",
            $"{caller.Rights}",
            VouchedBy: null,
            AnswersTo: null,
            Since: null,
            KnowsUse: false,
            Used: null,
            []
        );

    private static string WhoVouches(Grant grant) =>
        grant.IsMachine ? "you: a client made here or on the command line"
        : ClientDocuments.IsDocumentUrl(grant.ClientId) ? RedirectUris.HostOf(grant.ClientId)
        : "nobody: the app chose its name itself";
}

/// <summary>What the operator can do about somebody's access: a page that asks first.</summary>
internal sealed record AccessAction(string Title, string Url, bool Ends = false);
