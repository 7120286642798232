using GitHub.Api;
using McpGateway;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub.Guards;

/// <summary>
/// The guards and their order, which is a security property. What a tool sends is judged by each, then what it is answered is cleaned by each:
/// <list type="number">
/// <item><see cref="RepositoryGuard"/>: is it of a repository on the operator's lists? What others hold is dropped first, so that
/// nobody counts or judges it.</item>
/// <item><see cref="CommitGuard"/>: is a commit the repository's own, and not a fork's?</item>
/// <item><see cref="LockdownGuard"/>: is text by somebody with push access?</item>
/// </list>
/// <see cref="GuardHandler"/> asks them around everything else, <see cref="RedirectGuardHandler"/> anew for each place that GitHub leads to. The guards'
/// own questions pass the first one only.
/// </summary>
internal static class GuardExtensions
{
    /// <summary>Adds the guards; they are on where the settings, or a request, want them.</summary>
    public static void AddGuards(this GatewayBuilder gateway, GitHubOptions options)
    {
        var allowed = RepositoryPatterns.Parse("GITHUB_ALLOWED_REPOS", options.AllowedRepositories);
        var writable = RepositoryPatterns.Parse("GITHUB_WRITABLE_REPOS", options.WritableRepositories);
        if (allowed is not null && writable?.FindOutside(allowed) is { } outside)
        {
            throw new SettingException(
                $"GITHUB_WRITABLE_REPOS holds '{outside}', which GITHUB_ALLOWED_REPOS does not: add it there, or remove it here."
            );
        }

        gateway
            .Services.AddSingleton(services => new RepositoryAccess(allowed, writable, services.GetRequiredService<IHttpContextAccessor>()))
            .AddSingleton(services => new LockdownMode(options, services.GetRequiredService<IHttpContextAccessor>()))
            .AddSingleton(services => new GraphQl(
                services.GetRequiredService<IGraphQlApi>(),
                services.GetRequiredService<GitHubErrors>(),
                FollowsRenames(services)
            ))
            .AddSingleton(services => new GuardGraphQl(
                new(services.GetRequiredService<IGuardGraphQlApi>(), services.GetRequiredService<GitHubErrors>(), FollowsRenames(services))
            ))
            .AddSingleton<AuthorTrust>()
            .AddSingleton<OwnCommits>()
            .AddSingleton<UnauthoredContent>()
            .AddSingleton<RepositoryGuard>()
            .AddSingleton<CommitGuard>()
            .AddSingleton<LockdownGuard>();
    }

    // What the lists allow by name is not what stood under that name before.
    private static Func<bool> FollowsRenames(IServiceProvider services)
    {
        var access = services.GetRequiredService<RepositoryAccess>();
        return () => !access.LimitsWrites;
    }

    /// <summary>Guards what tools send with a client.</summary>
    public static IHttpClientBuilder GuardTools(this IHttpClientBuilder client) =>
        client.Guard(services =>
            [
                services.GetRequiredService<RepositoryGuard>(),
                services.GetRequiredService<CommitGuard>(),
                services.GetRequiredService<LockdownGuard>(),
            ]
        );

    /// <summary>Guards what the guards themselves ask with a client.</summary>
    public static IHttpClientBuilder GuardQuestions(this IHttpClientBuilder client) =>
        client.Guard(services => [services.GetRequiredService<RepositoryGuard>()]);

    private static IHttpClientBuilder Guard(this IHttpClientBuilder client, Func<IServiceProvider, IReadOnlyList<IGuard>> guardsOf) =>
        client.ConfigureAdditionalHttpMessageHandlers(
            (handlers, services) =>
            {
                var (guards, host) = (guardsOf(services), services.GetRequiredService<GitHubHost>());
                handlers.Insert(0, new GuardHandler(guards, host));
                // Within what follows redirects.
                handlers.Add(new RedirectGuardHandler(guards, host));
            }
        );
}

/// <summary>GraphQL for the guards' own questions.</summary>
internal sealed record GuardGraphQl(GraphQl Api);
