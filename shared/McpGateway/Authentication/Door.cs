namespace McpGateway.Authentication;

/// <summary>Who gets in, for the line at the start and for whoever is turned away.</summary>
/// <param name="HasTokens">Whether a bearer token is configured.</param>
/// <param name="HasLogin">Whether apps can log in (OAuth).</param>
/// <param name="ReachableByOthers">Whether anyone but this machine may reach the service.</param>
public sealed record Door(bool HasTokens, bool HasLogin, bool ReachableByOthers)
{
    /// <summary>Why the service must not start: nobody would be kept out. Commands run all the same, as they may make a token.</summary>
    public string? Problem { get; init; }

    /// <summary>What a caller without a token has to do.</summary>
    public string HowToEnter =>
        (HasTokens, HasLogin) switch
        {
            (true, true) =>
                "Send the header 'Authorization: Bearer <token>' with a token of this gateway (MCP_BEARER_TOKEN), or connect with a "
                    + "client that logs in by OAuth.",
            // Where there was no token at the start, one was made since.
            (_, false) => "Send the header 'Authorization: Bearer <token>' with a token of this gateway (MCP_BEARER_TOKEN).",
            (false, true) => "Connect with a client that logs in by OAuth: this gateway has no fixed token.",
        };

    /// <summary>What a caller with an unknown token has to do.</summary>
    public string HowToMend =>
        (HasTokens, HasLogin) switch
        {
            (_, false) =>
                "The bearer token is not one of this gateway's. Check the client's token against MCP_BEARER_TOKEN(S) and 'token list'.",
            (true, true) =>
                "The token is not known here, has expired or was revoked. Check a fixed token against MCP_BEARER_TOKEN(S) and 'token list'; "
                    + "an app that logged in by OAuth has to connect again.",
            (false, true) => "The token is not known here, has expired or was revoked: connect again.",
        };

    public override string ToString() =>
        (HasTokens, HasLogin, ReachableByOthers) switch
        {
            (true, true, _) => "bearer token or OAuth",
            (true, false, _) => "bearer token",
            (false, true, _) => "OAuth",
            (false, false, false) => "open on loopback",
            (false, false, true) => "open to everyone",
        };
}
