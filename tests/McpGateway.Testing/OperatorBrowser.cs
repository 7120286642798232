using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace McpGateway.Testing;

/// <summary>A browser of the operator: it keeps cookies, sends forms as the pages make them, and follows no redirect by itself.</summary>
public sealed partial class OperatorBrowser : IDisposable
{
    public const string Secret = "Zq7-operator-secret-0412";

    private readonly HttpClient http;

    public OperatorBrowser(Uri gateway)
    {
        Handler = new() { AllowAutoRedirect = false, CookieContainer = Cookies };
        http = new(Handler) { BaseAddress = gateway, Timeout = Hang.After };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public CookieContainer Cookies { get; } = new();

    private SocketsHttpHandler Handler { get; }

    /// <summary>Opens a console and signs in.</summary>
    public static Task<OperatorBrowser> SignInAsync(Gateway gateway) => SignInAsync(gateway.Http.BaseAddress!, Secret);

    /// <summary>Opens the console of a process and signs in.</summary>
    public static async Task<OperatorBrowser> SignInAsync(Uri gateway, string secret)
    {
        var browser = new OperatorBrowser(gateway);
        using var response = await browser.SendSecretAsync(secret);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return browser;
    }

    public Task<HttpResponseMessage> SendSecretAsync(string secret, string? next = null) =>
        PostAsync("/console/sign-in", ("secret", secret), ("next", next ?? ""));

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The page at a path, which has to be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {page}");
        return page;
    }

    /// <summary>Sends a form with the ticket of the page it is on, and follows to the page after it.</summary>
    public async Task<string> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(action, [("ticket", TicketOf(await ReadAsync(page))), .. fields]);
        return response.StatusCode == HttpStatusCode.SeeOther
            ? await ReadAsync(response.Headers.Location!.OriginalString)
            : await response.Content.ReadAsStringAsync();
    }

    /// <summary>Ends the connection that stands first, after the question.</summary>
    public async Task<string> EndConnectionAsync()
    {
        var path = WebUtility.HtmlDecode(EndLink().Match(await ReadAsync("/console/access")).Groups[1].Value);
        return await SubmitAsync(path, "/console/access/connection/end", ("id", path.Split("id=")[1]));
    }

    /// <summary>Narrows the connection that stands first.</summary>
    public async Task<string> NarrowConnectionAsync(string access)
    {
        var path = WebUtility.HtmlDecode(NarrowLink().Match(await ReadAsync("/console/access")).Groups[1].Value);
        return await SubmitAsync(path, "/console/access/connection/narrow", ("id", path.Split("id=")[1]), ("access", access));
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(path, fields, _ => { });

    public Task<HttpResponseMessage> SendAsync(string path, (string Name, string Value)[] fields, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        change(request);
        return http.SendAsync(request);
    }

    /// <summary>Sends a form with files.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, MultipartFormDataContent form) =>
        http.PostAsync(new Uri(path, UriKind.Relative), form);

    public static string TicketOf(string page) => WebUtility.HtmlDecode(Ticket().Match(page).Groups[1].Value);

    public void Dispose()
    {
        http.Dispose();
        Handler.Dispose();
    }

    [GeneratedRegex("href=\"(/console/access/connection/end[^\"]+)\"")]
    private static partial Regex EndLink();

    [GeneratedRegex("href=\"(/console/access/connection/narrow[^\"]+)\"")]
    private static partial Regex NarrowLink();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
