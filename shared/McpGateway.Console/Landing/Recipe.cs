namespace McpGateway.Console.Landing;

/// <summary>How one client is connected.</summary>
/// <param name="Client">Its name.</param>
/// <param name="How">What to do, in a sentence or two.</param>
/// <param name="Text">What to copy; null where nothing is.</param>
/// <param name="What">What that is, such as <c>the command for Codex</c>.</param>
internal sealed record Recipe(string Client, string How, string? Text = null, string What = "");

/// <summary>The way in that a gateway has.</summary>
/// <param name="Token">Whether callers may or must show a token.</param>
/// <param name="Login">Whether apps can log in.</param>
internal sealed record WayIn(bool Token, bool Login)
{
    /// <summary>In a sentence.</summary>
    public string Sentence =>
        (Token, Login) switch
        {
            (true, true) => "Apps log in by OAuth; programs without a person show a token. Put yours in the place of YOUR_TOKEN.",
            (true, false) => "It asks for a token: put yours in the place of YOUR_TOKEN.",
            (false, true) => "Apps log in by OAuth: they open a page here, where the operator approves them.",
            (false, false) => "It is open to whoever reaches it, without a token.",
        };

    /// <summary>Whether a client that can log in has to be given a token all the same.</summary>
    public bool NeedsHeader => Token && !Login;
}
