namespace McpGateway.Http;

/// <summary>
/// Endpoint metadata: the endpoint takes the form of a page of the gateway's own and checks the sender itself. Those pages send no
/// referrer, so browsers send <c>Origin: null</c> there, by the Fetch standard, which the request guard accepts for this mark.
/// </summary>
public sealed class FormEndpoint
{
    public static readonly FormEndpoint Instance = new();
}
