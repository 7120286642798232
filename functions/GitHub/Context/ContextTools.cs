using GitHub.Api;
using ModelContextProtocol.Server;

namespace GitHub.Context;

/// <summary>Who the gateway works as.</summary>
internal sealed partial class ContextTools(IContextApi api, GraphQl graphQl)
{
    private const int MostPagesOfMembers = 10;

    private const string TeamsDocument = """
        query($login: String!) {
          user(login: $login) {
            organizations(first: 100) {
              page_info: pageInfo { has_next_page: hasNextPage }
              nodes {
                login
                teams(first: 100, userLogins: [$login]) { page_info: pageInfo { has_next_page: hasNextPage } nodes { name slug description } }
              }
            }
          }
        }
        """;

    private const string MembersDocument = """
        query($org: String!, $slug: String!, $after: String) {
          organization(login: $org) {
            team(slug: $slug) {
              members(first: 100, after: $after) {
                total_count: totalCount
                page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                nodes { login }
              }
            }
          }
        }
        """;

    /// <summary>The GitHub user this gateway works as. Call it first when the user says "me" or "my".</summary>
    [McpServerTool(Name = "get_me", Title = "Get my profile", ReadOnly = true)]
    public async partial Task<Me> GetMeAsync(CancellationToken cancellationToken) => await api.GetMeAsync(cancellationToken);

    /// <summary>Teams a user belongs to, by organization.</summary>
    /// <param name="user">Login; the token's user if not given.</param>
    [McpServerTool(Name = "get_teams", Title = "Get teams", ReadOnly = true)]
    public async partial Task<TeamList> GetTeamsAsync(string? user = null, CancellationToken cancellationToken = default)
    {
        var login = user ?? (await api.GetMeAsync(cancellationToken)).Login;
        var found = await graphQl.QueryAsync<TeamsAnswer>(GraphQlScope.Viewer, TeamsDocument, new { login }, cancellationToken);
        var organizations = found.User.Organizations;
        var cut = organizations.Nodes.Where(org => org.Teams.PageInfo?.HasNextPage == true).Select(org => $"teams in {org.Login}");
        var unread = string.Join(" and ", organizations.PageInfo?.HasNextPage == true ? cut.Prepend("organizations") : cut);
        return new(
            [
                .. organizations
                    .Nodes.Where(org => org.Teams.Nodes.Count > 0)
                    .Select(org => new OrganizationTeams(org.Login, org.Teams.Nodes)),
            ],
            unread.Length > 0 ? $"These are not all: of {login}'s {unread} only the first 100 were looked at." : null
        );
    }

    /// <summary>Logins of a team's members.</summary>
    [McpServerTool(Name = "get_team_members", Title = "Get team members", ReadOnly = true)]
    public async partial Task<TeamMembers> GetTeamMembersAsync(string org, string team_slug, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        Page<Member>? page = null;
        for (var pages = 0; pages < MostPagesOfMembers && page is not { HasMore: false }; pages++)
        {
            var found = await graphQl.QueryAsync<MembersAnswer>(
                GraphQlScope.Viewer,
                MembersDocument,
                new
                {
                    org,
                    slug = team_slug,
                    after = page?.NextCursor,
                },
                cancellationToken
            );
            var team =
                found.Organization?.Team
                ?? throw new ModelContextProtocol.McpException(
                    $"The organization {org} has no team '{team_slug}' that the gateway's token can see (scope read:org)."
                );
            page = team.Members.ToPage();
            members.AddRange(page.Items.Select(member => member.Login));
        }

        return new(members, page is { HasMore: true } ? page.TotalCount : null);
    }

    /// <summary>What is left of GitHub's rate limits, by resource; asking costs nothing.</summary>
    [McpServerTool(Name = "get_rate_limit", Title = "Get rate limit", ReadOnly = true)]
    public async partial Task<RateLimits> GetRateLimitAsync(CancellationToken cancellationToken) =>
        await api.GetRateLimitAsync(cancellationToken);

    private sealed record TeamsAnswer(UserNode User);

    private sealed record UserNode(Connection<OrganizationNode> Organizations);

    private sealed record OrganizationNode(string Login, Connection<Team> Teams);

    private sealed record MembersAnswer(MembersOrganization? Organization = null);

    private sealed record MembersOrganization(MembersTeam? Team = null);

    private sealed record MembersTeam(Connection<Member> Members);

    private sealed record Member(string Login);
}
