using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace McpGateway.Mcp;

/// <summary>A request body after a first look: well-formed, or with the JSON-RPC error it deserves.</summary>
/// <param name="Body">The bytes to hand on; a terse <c>initialize</c> has been completed.</param>
/// <param name="Problem">What is wrong, in a sentence; null when nothing is.</param>
/// <param name="ErrorCode">The JSON-RPC code that goes with <paramref name="Problem"/>.</param>
internal readonly record struct IncomingMessage(ArraySegment<byte> Body, string? Problem = null, int ErrorCode = 0)
{
    // What a client is taken to speak that does not say: the newest revision with an initialize handshake.
    private const string AssumedProtocolVersion = "2025-11-25";

    private const string VersionInMeta = "io.modelcontextprotocol/protocolVersion";

    public static IncomingMessage Inspect(ArraySegment<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return Malformed(body, "The body is not valid UTF-8.");
        }

        try
        {
            return Scan(body);
        }
        catch (JsonException e)
        {
            return Malformed(body, $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader's way of saying that an escape stands for half a character.
            return Malformed(body, "A string of the body holds a lone surrogate (\\ud800 to \\udfff without its other half).");
        }
    }

    private static IncomingMessage Scan(ArraySegment<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read())
            {
            }

            return new(body, "The body is not a JSON-RPC message: send one JSON object (batches are not part of the protocol).", JsonRpcErrors.InvalidRequest);
        }

        var isInitialize = false;
        var scratch = Array.Empty<char>();
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            {
                continue;
            }

            if (reader.ValueIsEscaped)
            {
                if (scratch.Length < reader.ValueSpan.Length)
                {
                    scratch = new char[reader.ValueSpan.Length];
                }

                reader.CopyString(scratch);
            }

            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                isInitialize = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("initialize"u8);
            }
        }

        return new(isInitialize ? CompleteInitialize(body) : body);
    }

    private static ArraySegment<byte> CompleteInitialize(ArraySegment<byte> body)
    {
        var message = JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = false })!.AsObject();
        var parameters = message["params"] as JsonObject ?? [];
        if (parameters["_meta"] is JsonObject meta && meta.ContainsKey(VersionInMeta))
        {
            // Not terse but of a revision without a handshake, whose clients hear that this method is gone.
            return body;
        }

        message["params"] = parameters;
        parameters["protocolVersion"] ??= AssumedProtocolVersion;
        parameters["capabilities"] ??= new JsonObject();
        parameters["clientInfo"] ??= new JsonObject();
        if (parameters["clientInfo"] is JsonObject client)
        {
            client["name"] ??= "unnamed";
            client["version"] ??= "0";
        }

        return JsonSerializer.SerializeToUtf8Bytes(message);
    }

    private static IncomingMessage Malformed(ArraySegment<byte> body, string problem) => new(body, problem, JsonRpcErrors.ParseError);
}
