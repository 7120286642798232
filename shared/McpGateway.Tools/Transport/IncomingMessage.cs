using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using McpGateway.Http;

namespace McpGateway.Tools.Transport;

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
        catch (JsonException e) when (e.LineNumber is null)
        {
            // JSON does not say which of the two counts, and the transport fails on both.
            return Malformed(body, "An object of the body has the same property twice.");
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
        if (body.AsSpan().Contains((byte)'\\'))
        {
            UnescapeEveryString(body);
        }

        using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false });
        var message = document.RootElement;
        if (message.ValueKind != JsonValueKind.Object)
        {
            return new(
                body,
                "The body is not a JSON-RPC message: send one JSON object (batches are not part of the protocol).",
                JsonRpcErrors.InvalidRequest
            );
        }

        if (NotText(message, "name") || NotText(message, "uri"))
        {
            // The transport compares them with headers before anybody looks at their type.
            return new(body, "The params of the message have a 'name' or 'uri' that is not a string.", JsonRpcErrors.InvalidParams);
        }

        var isInitialize =
            message.TryGetProperty("method"u8, out var method)
            && method.ValueKind == JsonValueKind.String
            && method.ValueEquals("initialize"u8);
        return new(isInitialize ? CompleteInitialize(body) : body);
    }

    private static bool NotText(JsonElement message, string name) =>
        message.TryGetProperty("params"u8, out var parameters)
        && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null);

    /// <summary>Finds what only shows when a string is read: an escape that stands for half a character.</summary>
    private static void UnescapeEveryString(ArraySegment<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var scratch = Array.Empty<char>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                if (scratch.Length < reader.ValueSpan.Length)
                {
                    scratch = new char[reader.ValueSpan.Length];
                }

                reader.CopyString(scratch);
            }
        }
    }

    private static ArraySegment<byte> CompleteInitialize(ArraySegment<byte> body)
    {
        var message = JsonNode.Parse(body)!.AsObject();
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
