using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Discussions;

/// <summary>Reading discussions.</summary>
internal sealed partial class DiscussionTools(GraphQl graphQl)
{
    /// <summary>The repository that holds an organization's discussions.</summary>
    private const string OrganizationRepository = ".github";

    /// <summary>Discussions of a repository, or of an organization if repo is not given. Continue with after=nextCursor.</summary>
    /// <param name="category">A category's id.</param>
    /// <param name="orderBy">Only together with direction.</param>
    [McpServerTool(Name = "list_discussions", Title = "List discussions", ReadOnly = true)]
    public async partial Task<Page<Discussion>> ListDiscussionsAsync(
        string owner,
        string? repo = null,
        string? category = null,
        [AllowedValues("CREATED_AT", "UPDATED_AT")] string? orderBy = null,
        [AllowedValues("ASC", "DESC")] string? direction = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        if ((orderBy is null) != (direction is null))
        {
            throw new McpException("orderBy and direction go together: give both or neither.");
        }

        var name = repo ?? OrganizationRepository;
        var answer = await graphQl.QueryAsync<ListAnswer>(
            GraphQlScope.Of(owner, name),
            DiscussionDocuments.List,
            new
            {
                owner,
                repo = name,
                first = perPage ?? 30,
                after,
                category,
                order = orderBy is null ? null : new { field = orderBy, direction },
            },
            cancellationToken
        );
        return answer.Repository.Discussions.ToPage();
    }

    /// <summary>A discussion with its text.</summary>
    /// <param name="raw">Keep what rendering hides in bodies.</param>
    [McpServerTool(Name = "get_discussion", Title = "Get discussion", ReadOnly = true)]
    public async partial Task<Discussion> GetDiscussionAsync(
        string owner,
        string repo,
        int discussionNumber,
        bool raw = false,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await graphQl.QueryAsync<Answer<Discussion>>(
            GraphQlScope.Of(owner, repo),
            DiscussionDocuments.Get,
            new
            {
                owner,
                repo,
                number = discussionNumber,
            },
            cancellationToken
        );
        return (answer.Repository.Discussion ?? throw Missing(owner, repo, discussionNumber)).As(raw);
    }

    /// <summary>Comments of a discussion. Continue with after=nextCursor.</summary>
    /// <param name="includeReplies">Up to 100 replies with each; replies_total where there are more.</param>
    /// <param name="raw">As in get_discussion.</param>
    [McpServerTool(Name = "get_discussion_comments", Title = "Get discussion comments", ReadOnly = true)]
    public async partial Task<Page<DiscussionComment>> GetCommentsAsync(
        string owner,
        string repo,
        int discussionNumber,
        bool? includeReplies = null,
        bool raw = false,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await graphQl.QueryAsync<Answer<DiscussionNode>>(
            GraphQlScope.Of(owner, repo),
            DiscussionDocuments.Comments,
            new
            {
                owner,
                repo,
                number = discussionNumber,
                first = perPage ?? 30,
                after,
                replies = includeReplies == true,
            },
            cancellationToken
        );
        var page = (answer.Repository.Discussion ?? throw Missing(owner, repo, discussionNumber)).Comments.ToPage();
        return new(
            [.. page.Items.Select(node => node.ToComment().As(raw))],
            page.HasMore,
            NextCursor: page.NextCursor,
            TotalCount: page.TotalCount
        );
    }

    /// <summary>Categories of discussions, of a repository or of an organization.</summary>
    [McpServerTool(Name = "list_discussion_categories", Title = "List discussion categories", ReadOnly = true)]
    public async partial Task<CategoryList> ListCategoriesAsync(
        string owner,
        string? repo = null,
        CancellationToken cancellationToken = default
    )
    {
        var name = repo ?? OrganizationRepository;
        var answer = await graphQl.QueryAsync<CategoriesAnswer>(
            GraphQlScope.Of(owner, name),
            DiscussionDocuments.Categories,
            new { owner, repo = name },
            cancellationToken
        );
        return new(answer.Repository.DiscussionCategories.Nodes);
    }

    private static McpException Missing(string owner, string repo, int number) =>
        new($"There is no discussion #{number} in {owner}/{repo}.");

    private sealed record ListAnswer(ListRepository Repository);

    private sealed record ListRepository(Connection<Discussion> Discussions);

    private sealed record CategoriesAnswer(CategoriesRepository Repository);

    private sealed record CategoriesRepository(Connection<DiscussionCategory> DiscussionCategories);

    private sealed record Answer<T>(RepositoryNode<T> Repository);

    private sealed record RepositoryNode<T>(T? Discussion = default);

    private sealed record DiscussionNode(Connection<CommentNode> Comments);

    private sealed record CommentNode(
        string Id,
        BodyText? Body = null,
        [property: Login] string? User = null,
        string? HtmlUrl = null,
        bool? IsAnswer = null,
        DateTimeOffset? CreatedAt = null,
        Connection<DiscussionComment>? Replies = null
    )
    {
        public DiscussionComment ToComment() =>
            new(
                Id,
                Body,
                User,
                HtmlUrl,
                IsAnswer,
                CreatedAt,
                Replies?.Nodes,
                Replies?.TotalCount > Replies?.Nodes.Count ? Replies?.TotalCount : null
            );
    }
}
