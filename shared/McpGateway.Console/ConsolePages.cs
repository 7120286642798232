namespace McpGateway.Console;

/// <summary>Answers a request for a page.</summary>
public delegate Task ShowPage(ConsoleRequest request);

/// <summary>Acts on a form, whose ticket has been checked, and answers.</summary>
public delegate Task TakeForm(ConsoleRequest request, ConsoleForm form);

/// <summary>The pages of the console by their exact paths; what differs within a page is in its query.</summary>
public sealed class ConsolePages
{
    private const long UsualForm = 256 * 1024;

    private readonly Dictionary<string, ShowPage> shows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (TakeForm Take, long Largest)> takes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serves a page, or a JSON document that a person may open as well. It must change nothing.</summary>
    public ConsolePages Get(string path, ShowPage show)
    {
        shows.Add(path, show);
        return this;
    }

    /// <summary>Takes a form that <see cref="ConsoleRequest.Form"/> has made, and whatever changes something.</summary>
    /// <param name="largest">The largest form, in bytes, with its files.</param>
    public ConsolePages Post(string path, TakeForm take, long largest = UsualForm)
    {
        takes.Add(path, (take, largest));
        return this;
    }

    internal ShowPage? FindShow(string path) => shows.GetValueOrDefault(path);

    internal (TakeForm Take, long Largest)? FindTake(string path) => takes.TryGetValue(path, out var found) ? found : null;
}
