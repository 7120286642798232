namespace McpGateway.Authentication;

/// <summary>Who gets in, for the line at the start.</summary>
/// <param name="HasTokens">Whether a bearer token is configured.</param>
/// <param name="HasLogin">Whether apps can log in (OAuth).</param>
/// <param name="ReachableByOthers">Whether anyone but this machine may reach the service.</param>
internal sealed record Door(bool HasTokens, bool HasLogin, bool ReachableByOthers)
{
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
