using McpGateway.Text;

namespace McpGateway.Console.Access;

/// <summary>Asks once more before something is ended.</summary>
internal static class Question
{
    /// <param name="meaning">What it comes to.</param>
    /// <param name="path">Where the form goes.</param>
    /// <param name="field">The field that names what is meant.</param>
    public static Task ShowAsync(
        ConsoleRequest request,
        string question,
        string meaning,
        string path,
        string field,
        string value,
        string go
    ) =>
        request.ShowAsync(
            question,
            Html.Of(
                $"""
                <section><p>{meaning}</p>
                {request.Form(
                    path,
                    Html.Of(
                        $"""
                        <input type="hidden" name="{field}" value="{value}">
                        <div class="buttons"><a class="button main" href="{AccessPage.Path}">Keep as it is</a><button class="end">{go}</button></div>
                        """
                    )
                )}</section>
                """
            )
        );
}
