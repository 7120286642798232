using McpGateway.Authentication;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>Checks at start that the rights of settings mean something here: a name that matches no tool protects and opens nothing.</summary>
internal sealed partial class RightsCheck(
    BearerTokens tokens,
    Profiles profiles,
    OverallBudget overall,
    IOptions<McpServerOptions> server,
    GatewayService service,
    TimeProvider time,
    ILogger<RightsCheck> logger,
    ApprovalsPlace? approvals = null
) : IHostedService
{
    /// <exception cref="SettingException">A pattern matches no tool, or a right is not one of this service.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, rights) in profiles.All)
        {
            Check(rights, $"The profile '{name}' of PROFILES");
        }

        Check(new() { Limits = overall.Limits }, "The setting BUDGET");
        foreach (var caller in tokens.Callers)
        {
            var where = $"The token '{caller.Name}' of MCP_BEARER_TOKENS";
            Check(caller.Rights, where);
            if (caller.Rights.HasExpired(time.GetUtcNow()))
            {
                HasExpired(caller.Name, caller.Rights);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="where">Whose rights they are, as the beginning of a sentence.</param>
    /// <exception cref="SettingException">A pattern matches no tool, or a right is not one of this service.</exception>
    public void Check(Rights rights, string where)
    {
        var tools = server.Value.ToolCollection?.PrimitiveNames ?? [];
        if (
            rights
                .Tools.Append(rights.Denied)
                .Append(rights.Approve)
                .SelectMany(patterns => patterns.All)
                .FirstOrDefault(pattern => !tools.Any(tool => NamePatterns.Matches(pattern, tool))) is
            { } unknown
        )
        {
            throw new SettingException(
                $"{where} names '{unknown}', which matches no tool of {service.Name}: use names of its tools, in which * stands for any characters."
                    + NearName.Ask(unknown, tools)
            );
        }

        if (rights.Approve.All.Count > 0 && approvals is null)
        {
            throw new SettingException(
                $"{where} has approve=, and nobody could say yes: set OPERATOR_SECRET (openssl rand -base64 24), which opens /console/approvals."
            );
        }

        if (rights.Limits.FirstOrDefault(limit => limit.What == Spending.Credits) is { } credits && !service.SpendsCredits)
        {
            throw new SettingException($"{where} has {credits}, and calls of {service.Name} cost no credits: remove it.");
        }

        foreach (var places in rights.Places)
        {
            if (service.Places is not { } known || known.Name != places.Right)
            {
                throw new SettingException($"{where} has {places.Right}=, which {service.Name} does not have: remove it.");
            }

            if (places.Names.FirstOrDefault(name => !known.IsName(name)) is { } wrong)
            {
                throw new SettingException(
                    $"{where} has '{wrong}' in {places.Right}=, which is not {known.Form}: write such names, separated by spaces."
                );
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The token '{Name}' of MCP_BEARER_TOKENS has expired ({Rights}): its holder gets 401. Remove it, or give it a later day"
    )]
    private partial void HasExpired(string name, Rights rights);
}
