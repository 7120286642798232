using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Rounds;

/// <summary>Tools that give the client a state to bring back, signed so that only an untouched one is taken.</summary>
public sealed partial class RequestStateTools
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Confirms that its state came back.</summary>
    [McpServerTool(Name = "test_input_required_result_request_state", ReadOnly = true)]
    public static partial string BringBackState(RequestContext<CallToolRequestParams> context) => AskWithState(context, "state-ok");

    /// <summary>Refuses a state that it did not give out.</summary>
    [McpServerTool(Name = "test_input_required_result_tampered_state", ReadOnly = true)]
    public static partial string RefuseForgedState(RequestContext<CallToolRequestParams> context) =>
        AskWithState(context, "state-untouched");

    private static string AskWithState(RequestContext<CallToolRequestParams> context, string done) =>
        context.Params.RequestState switch
        {
            null => throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["confirm"] = Questions.Confirm("Please confirm") },
                requestState: Sign(Guid.NewGuid().ToString("N"))
            ),
            var state when IsSigned(state) => done,
            _ => throw new McpProtocolException("The requestState is not one this server gave out.", McpErrorCode.InvalidParams),
        };

    private static string Sign(string nonce) => $"{nonce}.{Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(nonce)))}";

    private static bool IsSigned(string state) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(Sign(state.Split('.')[0])));
}
