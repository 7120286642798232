using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.OAuth.Pages;

/// <summary>The field for the operator secret, which says what that is and where it is found. It has the focus.</summary>
internal static class SecretField
{
    public static IHtmlContent Of(GatewayService service) =>
        Html.Of(
            $"""
            <label class="field" for="secret">Operator secret</label>
            <p class="soft" id="secret-help">The secret that {service.Name} was set up with (<code>OPERATOR_SECRET</code>): in your password manager, or where its settings are, with docker in the file <code>secrets/operator_secret</code>. It is the password of no other account.</p>
            <input type="password" id="secret" name="secret" autocomplete="current-password" aria-describedby="secret-help" required autofocus>
            """
        );
}
