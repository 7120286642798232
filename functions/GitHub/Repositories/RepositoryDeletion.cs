using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Repositories;

/// <summary>
/// Asks a person before a repository is gone: the client shows a form in which its name has to be typed. The state that
/// comes back is sealed, so that nobody answers a question that was not asked.
/// </summary>
internal sealed class RepositoryDeletion
{
    private const string Question = "confirmation";
    private const string Field = "repository";

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = new EphemeralDataProtectionProvider().CreateProtector("delete_repository").ToTimeLimitedDataProtector();

    /// <summary>Returns when a person has confirmed.</summary>
    /// <exception cref="InputRequiredException">The question still has to be asked.</exception>
    /// <exception cref="McpException">The client cannot ask, or the person said no.</exception>
    public void Demand(RequestContext<CallToolRequestParams> request, Repository repository)
    {
        if (request.Params.RequestState is not { } state)
        {
            throw Ask(request.Server, repository);
        }

        if (Open(state) != $"{repository.Id}")
        {
            throw new McpException("The confirmation has expired or belongs to another call: nothing was deleted. Call the tool again.");
        }

        var answer = request.Params.InputResponses?.TryGetValue(Question, out var response) == true ? response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) : null;
        if (answer is not { Action: "accept", Content: { } content } || !content.TryGetValue(Field, out var typed)
            || !string.Equals(typed.ToString(), repository.FullName, StringComparison.OrdinalIgnoreCase))
        {
            throw new McpException($"{repository.FullName} was not confirmed: nothing was deleted.");
        }
    }

    private Exception Ask(McpServer server, Repository repository)
    {
        if (!server.IsMrtrSupported || server.ClientCapabilities?.Elicitation is null)
        {
            return new McpException($"Deleting {repository.FullName} has to be confirmed by a person, and this client cannot ask (form elicitation, protocol 2026-07-28): "
                + $"delete it at {repository.HtmlUrl}/settings. Nothing was deleted.");
        }

        var form = InputRequest.ForElicitation(new()
        {
            Message = $"Delete {repository.FullName} for good? Type its full name to confirm.",
            RequestedSchema = new()
            {
                Properties = { [Field] = new ElicitRequestParams.StringSchema { Title = "owner/name" } },
                Required = [Field],
            },
        });
        return new InputRequiredException(new Dictionary<string, InputRequest> { [Question] = form }, seal.Protect($"{repository.Id}", TimeToAnswer));
    }

    private string? Open(string state)
    {
        try
        {
            return seal.Unprotect(state);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
