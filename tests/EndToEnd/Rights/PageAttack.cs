using System.Text;
using System.Text.RegularExpressions;

namespace EndToEnd.Rights;

/// <summary>Callers with a token at the addresses beside MCP: what is the operator's there is not theirs, whatever they send with it.</summary>
internal static partial class PageAttack
{
    private static readonly string[] Pages =
    [
        "/console",
        "/console/",
        "/Console/Access",
        "/console/access",
        "/console/access/token",
        "/console/access/client",
        "/console/access/connection/narrow",
        "/console/access/connection/end",
        "/console/activity",
        "/console/activity/export",
        "/console/approvals",
        "/console/tools",
        "/console/tools/run?tool={0}",
        "/console/memory",
        "/console/memory/import",
        "/console/sign-in",
        "/console/sign-out",
        "/console/../console/access",
        "/console%2faccess",
        "/approvals",
        "/connections",
        "/authorize",
    ];

    private static readonly string[] Forms =
    [
        "name=thief&expires=&tools={0}",
        "name=c0&ticket=guess",
        "allow={0}&ticket=guess",
        "secret={1}",
        "ticket={1}",
        "tool={0}&arguments=%7B%7D&sure=on",
        "",
    ];

    private static readonly string[] Cookies = ["", "__Secure-console={1}", "console={1}", "operator={1}; session={1}"];

    /// <summary>A request, and a name for it.</summary>
    /// <param name="tool">A tool that it may be about.</param>
    public static (HttpRequestMessage Message, string Name) MakeUp(Random random, string token, string tool)
    {
        var path = Filled(Pages[random.Next(Pages.Length)]);
        var message = new HttpRequestMessage(random.Next(2) == 0 ? HttpMethod.Get : HttpMethod.Post, path);
        var form = Filled(Forms[random.Next(Forms.Length)]);
        if (message.Method == HttpMethod.Post)
        {
            message.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        if (Filled(Cookies[random.Next(Cookies.Length)]) is { Length: > 0 } cookie)
        {
            message.Headers.Add("Cookie", cookie);
        }

        message.Headers.Authorization = new("Bearer", token);
        message.Headers.TryAddWithoutValidation("Accept", "text/html");
        return (message, $"{message.Method} {path} {form}");

        string Filled(string text) => text.Replace("{0}", tool, StringComparison.Ordinal).Replace("{1}", token, StringComparison.Ordinal);
    }

    /// <summary>Whether the operator's pages are closed: a refusal, a way to the sign-in, or the sign-in itself.</summary>
    public static bool IsClosed(int status, string text) =>
        status is >= 300 and < 500
        || (status == 200 && SecretField().IsMatch(text) && !text.Contains("Sign out", StringComparison.Ordinal));

    [GeneratedRegex("<input[^>]*name=\"secret\"")]
    private static partial Regex SecretField();
}
