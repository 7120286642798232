using GitHub.Text;
using Refit;

namespace GitHub.Notifications;

/// <summary>https://docs.github.com/en/rest/activity/notifications</summary>
internal interface INotificationsApi
{
    [Get("/notifications")]
    Task<ApiResponse<List<Notification>>> ListAsync(
        bool? all,
        bool? participating,
        string? since,
        string? before,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/notifications")]
    Task<ApiResponse<List<Notification>>> ListOfAsync(
        string owner,
        string repo,
        bool? all,
        bool? participating,
        string? since,
        string? before,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/notifications/threads/{thread_id}")]
    Task<Notification> GetAsync(string thread_id, CancellationToken cancellationToken);

    [Patch("/notifications/threads/{thread_id}")]
    Task MarkReadAsync(string thread_id, CancellationToken cancellationToken);

    [Delete("/notifications/threads/{thread_id}")]
    Task MarkDoneAsync(string thread_id, CancellationToken cancellationToken);

    [Put("/notifications")]
    Task MarkAllReadAsync([Body] LastRead read, CancellationToken cancellationToken);

    [Put("/repos/{owner}/{repo}/notifications")]
    Task MarkAllReadOfAsync(string owner, string repo, [Body] LastRead read, CancellationToken cancellationToken);

    [Put("/notifications/threads/{thread_id}/subscription")]
    Task SubscribeAsync(string thread_id, [Body] ThreadSubscription subscription, CancellationToken cancellationToken);

    [Delete("/notifications/threads/{thread_id}/subscription")]
    Task UnsubscribeAsync(string thread_id, CancellationToken cancellationToken);

    [Put("/repos/{owner}/{repo}/subscription")]
    Task SubscribeToAsync(string owner, string repo, [Body] RepositorySubscription subscription, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/subscription")]
    Task UnsubscribeFromAsync(string owner, string repo, CancellationToken cancellationToken);
}

internal sealed record Notification(
    string Id,
    string Reason,
    bool Unread,
    NotificationSubject Subject,
    [property: RepositoryName] string? Repository = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? LastReadAt = null
);

internal sealed record NotificationSubject([property: CleanName] string Title, string Type, string? Url = null);

internal sealed record LastRead(string? LastReadAt);

internal sealed record ThreadSubscription(bool Ignored);

internal sealed record RepositorySubscription(bool Subscribed, bool Ignored);
