using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Repositories;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Notifications;

/// <summary>The token's user's notifications.</summary>
internal sealed partial class NotificationTools(INotificationsApi api)
{
    /// <summary>Notifications, newest first.</summary>
    /// <param name="owner">With repo: only those of that repository.</param>
    /// <param name="filter">default: unread ones.</param>
    /// <param name="since">ISO 8601, as is 'before'.</param>
    [McpServerTool(Name = "list_notifications", Title = "List notifications", ReadOnly = true)]
    public async partial Task<Page<Notification>> ListNotificationsAsync(
        string? owner = null,
        string? repo = null,
        [AllowedValues("default", "include_read_notifications", "only_participating")] string? filter = null,
        string? since = null,
        string? before = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        bool? all = filter == "include_read_notifications" ? true : null;
        bool? participating = filter == "only_participating" ? true : null;
        return HasRepository(owner, repo)
            ? await api.ListOfAsync(owner!, repo!, all, participating, since, before, page, perPage, cancellationToken).ToPageAsync()
            : await api.ListAsync(all, participating, since, before, page, perPage, cancellationToken).ToPageAsync();
    }

    /// <summary>One notification.</summary>
    [McpServerTool(Name = "get_notification_details", Title = "Get notification details", ReadOnly = true)]
    public async partial Task<Notification> GetNotificationAsync(string notificationID, CancellationToken cancellationToken) =>
        await api.GetAsync(notificationID, cancellationToken);

    /// <summary>Mark a notification read or done.</summary>
    [McpServerTool(Name = "dismiss_notification", Title = "Dismiss notification")]
    public async partial Task<Done> DismissAsync(
        string threadID,
        [AllowedValues("read", "done")] string state,
        CancellationToken cancellationToken
    )
    {
        await (
            state == "done" ? api.MarkDoneAsync(threadID, cancellationToken) : api.MarkReadAsync(threadID, cancellationToken)
        ).OrUnchangedAsync();
        return new($"Notification {threadID} is {state}.");
    }

    /// <summary>Mark the notifications of a repository (owner, repo) read, or with everything=true those of all.</summary>
    /// <param name="lastReadAt">Only older ones; ISO 8601.</param>
    /// <param name="everything">Of all repositories.</param>
    [McpServerTool(Name = "mark_all_notifications_read", Title = "Mark all notifications read")]
    public async partial Task<Done> MarkAllReadAsync(
        string? lastReadAt = null,
        string? owner = null,
        string? repo = null,
        bool everything = false,
        CancellationToken cancellationToken = default
    )
    {
        var ofOne = HasRepository(owner, repo);
        if (ofOne == everything)
        {
            throw new McpException(
                "Nothing was marked. Give either owner and repo, or everything=true for the notifications of all repositories."
            );
        }

        await (
            ofOne
                ? api.MarkAllReadOfAsync(owner!, repo!, new(lastReadAt), cancellationToken)
                : api.MarkAllReadAsync(new(lastReadAt), cancellationToken)
        ).OrUnchangedAsync();
        return new("Marked as read.");
    }

    /// <summary>Ignore, watch or unsubscribe from a notification's thread.</summary>
    [McpServerTool(Name = "manage_notification_subscription", Title = "Manage notification subscription", Destructive = true)]
    public async partial Task<Done> ManageThreadAsync(
        string notificationID,
        [AllowedValues("ignore", "watch", "delete")] string action,
        CancellationToken cancellationToken
    )
    {
        await (
            action == "delete"
                ? api.UnsubscribeAsync(notificationID, cancellationToken)
                : api.SubscribeAsync(notificationID, new(action == "ignore"), cancellationToken)
        ).OrUnchangedAsync();
        return new($"Done: {action}.");
    }

    /// <summary>owner and repo must be given together.</summary>
    private static bool HasRepository(string? owner, string? repo) =>
        (owner is null) == (repo is null)
            ? owner is not null
            : throw new McpException(
                $"{(owner is null ? $"repo='{repo}' needs owner" : $"owner='{owner}' needs repo")}: give both for one repository, or neither for all."
            );

    /// <summary>Ignore, watch or unsubscribe from a repository.</summary>
    [McpServerTool(
        Name = "manage_repository_notification_subscription",
        Title = "Manage repository notification subscription",
        Destructive = true
    )]
    public async partial Task<Done> ManageRepositoryAsync(
        string owner,
        string repo,
        [AllowedValues("ignore", "watch", "delete")] string action,
        CancellationToken cancellationToken
    )
    {
        await (
            action == "delete"
                ? api.UnsubscribeFromAsync(owner, repo, cancellationToken)
                : api.SubscribeToAsync(owner, repo, new(action == "watch", action == "ignore"), cancellationToken)
        ).OrUnchangedAsync();
        return new($"Done: {action}.");
    }
}
