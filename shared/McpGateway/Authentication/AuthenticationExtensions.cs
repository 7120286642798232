using McpGateway.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Authentication;

internal static class AuthenticationExtensions
{
    /// <summary>
    /// Bearer tokens: the configured ones and those of a login, else the upstream's; otherwise anonymous on loopback, and elsewhere the
    /// service refuses to start.
    /// </summary>
    /// <exception cref="SettingException">The tokens are unusable.</exception>
    internal static IHostApplicationBuilder AddGatewayAuthentication(
        this IHostApplicationBuilder builder,
        GatewayService service,
        GatewayOptions gateway,
        GatewayHostKind host,
        bool reachableByOthers,
        bool needsToken,
        StartWarnings warnings
    )
    {
        var options = builder.AddSettings<BearerOptions>();
        var profiles = new Profiles(options.Profiles, gateway.Zone);
        builder.Services.AddSingleton(profiles);
        builder.Services.AddSingleton(BudgetOf(options, profiles));
        var hasLogin = builder.Services.Any(registered => registered.ServiceType == typeof(ILogin));
        var tokens = ChooseTokens(
            builder,
            service,
            options,
            profiles,
            host,
            reachableByOthers,
            needsToken,
            warnings,
            hasLogin,
            out var problem
        );
        builder.Services.AddSingleton(tokens);
        builder.Services.AddSingleton(new Door(!tokens.IsEmpty || needsToken, hasLogin, reachableByOthers) { Problem = problem });
        builder.Services.AddSingleton<CallerFinder>();
        builder.Services.AddSingleton<BearerChallenge>();
        return builder;
    }

    private static OverallBudget BudgetOf(BearerOptions options, Profiles profiles)
    {
        var rights = profiles.Text.Parse(options.Budget ?? "", "the setting BUDGET");
        return rights is { ReadOnly: false, NamesTools: false, Expires: null, Places.Count: 0, Approve.All.Count: 0 }
            ? new(rights.Limits)
            : throw new SettingException(
                "BUDGET holds rights that cannot be given to all callers together: use calls, tokens and credits only, such as "
                    + "calls=10000/day;credits=5000/month."
            );
    }

    private static BearerTokens ChooseTokens(
        IHostApplicationBuilder builder,
        GatewayService service,
        BearerOptions options,
        Profiles profiles,
        GatewayHostKind host,
        bool reachableByOthers,
        bool needsToken,
        StartWarnings warnings,
        bool hasLogin,
        out string? problem
    )
    {
        problem = null;
        var tokens = BearerTokens.Parse(options, profiles.Text, refuseExample: reachableByOthers);
        if (!tokens.IsEmpty)
        {
            if (options.AllowAnonymous)
            {
                warnings.NoEffect(
                    "ALLOW_ANONYMOUS",
                    "MCP_BEARER_TOKEN or MCP_BEARER_TOKENS is set, so that nobody gets in without a token."
                );
            }

            return tokens;
        }

        if (needsToken)
        {
            TellOfMadeTokens(builder, service, options, warnings);
            return tokens;
        }

        if (service.UpstreamTokenSetting is { } setting && !options.AllowAnonymous)
        {
            SettingSources.Of(builder).Resolve([setting]);
            if (builder.Configuration[setting] is { Length: > 0 } upstreamToken)
            {
                warnings.Add(
                    $"MCP_BEARER_TOKEN is not set, so callers are recognised by {setting}. Every client then holds the upstream "
                        + "credential: set MCP_BEARER_TOKEN to a token of the gateway's own."
                );
                return BearerTokens.One(setting, upstreamToken, refuseExample: reachableByOthers);
            }
        }

        if (hasLogin)
        {
            return options.AllowAnonymous
                ? throw new SettingException(
                    "ALLOW_ANONYMOUS=true lets everyone in, and OPERATOR_SECRET requires everyone to log in: keep one of them."
                )
                : tokens;
        }

        if (!options.AllowAnonymous && EmptyTokenFile(SettingSources.Of(builder)) is { } file)
        {
            // Whoever names a file for tokens intends to close the gateway, so an empty one never leaves it open.
            throw new SettingException(
                $"{file} is empty, and nothing else says who may call: write a token into it (openssl rand -hex 32), or unset the setting."
            );
        }

        if (reachableByOthers && !options.AllowAnonymous)
        {
            problem =
                host == GatewayHostKind.FunctionsWorker
                    ? "No bearer token is configured, and the Functions host decides who can reach this service: set MCP_BEARER_TOKEN "
                        + "(openssl rand -hex 32), or accept everyone with ALLOW_ANONYMOUS=true."
                    : "No bearer token is configured and others can reach this service: set MCP_BEARER_TOKEN (openssl rand -hex 32), "
                        + "keep it to this machine (BIND_ADDRESS=127.0.0.1 and no PUBLIC_URL, ALLOWED_HOSTS or TRUST_DOWNSTREAM_PROXY), "
                        + "or accept everyone with ALLOW_ANONYMOUS=true.";
        }
        else if (reachableByOthers)
        {
            warnings.Add("ALLOW_ANONYMOUS=true: everyone who reaches this service may use all of its tools.");
        }

        return tokens;
    }

    // Whoever added the first token may not know what ended with it.
    private static void TellOfMadeTokens(
        IHostApplicationBuilder builder,
        GatewayService service,
        BearerOptions options,
        StartWarnings warnings
    )
    {
        if (options.AllowAnonymous)
        {
            warnings.NoEffect("ALLOW_ANONYMOUS", "tokens were made here ('token list'), so that nobody gets in without one.");
        }
        else if (service.UpstreamTokenSetting is { } setting)
        {
            SettingSources.Of(builder).Resolve([setting]);
            if (builder.Configuration[setting] is { Length: > 0 })
            {
                warnings.Add($"Tokens were made here ('token list'), so that {setting} is not accepted from callers.");
            }
        }
    }

    private static string? EmptyTokenFile(SettingSources sources) =>
        new[] { BearerOptions.TokenSetting, BearerOptions.TokensSetting }
            .Select(setting => sources.EmptyFileOf(setting) is { } path ? $"{setting}_FILE='{path}'" : null)
            .FirstOrDefault(file => file is not null);
}
