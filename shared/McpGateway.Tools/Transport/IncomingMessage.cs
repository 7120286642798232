using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using McpGateway.Http;
using McpGateway.Text;

namespace McpGateway.Tools.Transport;

/// <summary>A request body after a first look: well-formed, or with the JSON-RPC error it deserves.</summary>
/// <param name="Body">The bytes to hand on, without a byte order mark; an <c>initialize</c> has been completed.</param>
internal readonly record struct IncomingMessage(ArraySegment<byte> Body)
{
    // What a client is taken to speak that does not say, or names a revision without a handshake: the newest one that has it.
    private const string AssumedProtocolVersion = "2025-11-25";

    private const string Empty =
        """The request body is empty: send one JSON-RPC message, such as {"jsonrpc":"2.0","id":1,"method":"tools/list"}.""";

    // The default of JsonDocumentOptions.MaxDepth.
    private const int MostLevels = 64;

    private const int LongestName = 100;

    private const string VersionInMeta = "io.modelcontextprotocol/protocolVersion";

    private static readonly string[] VersionsWithHandshake = ["2024-11-05", "2025-03-26", "2025-06-18", AssumedProtocolVersion];

    /// <summary>Every revision that a client may speak here, the oldest first.</summary>
    public static IReadOnlyList<string> SupportedVersions { get; } = [.. VersionsWithHandshake, "2026-07-28"];

    /// <summary>The id of the call, as it was written; null where it cannot be told.</summary>
    public JsonElement? Id { get; private init; }

    /// <summary>Whether it opens a handshake.</summary>
    public bool IsInitialize { get; private init; }

    /// <summary>The revision an <c>initialize</c> asked for and does not get, because it has no handshake; null otherwise.</summary>
    public string? RefusedVersion { get; private init; }

    /// <summary>What is wrong, in a sentence; null when nothing is.</summary>
    public string? Problem { get; private init; }

    /// <summary>The JSON-RPC code that goes with <see cref="Problem"/>.</summary>
    public int ErrorCode { get; private init; }

    public static IncomingMessage Inspect(ArraySegment<byte> body)
    {
        if (body.AsSpan().StartsWith("\uFEFF"u8))
        {
            // Files of Windows PowerShell 5.1 begin with it; RFC 8259 section 8.1 lets a parser ignore it.
            body = body[3..];
        }

        if (body.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            return Malformed(body, Empty);
        }

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
            return Malformed(body, $"An object of the body has the property '{RepeatedIn(body)}' twice: send it once.");
        }
        catch (JsonException) when (IsTooDeep(body))
        {
            return Malformed(body, $"The body is nested more than {MostLevels} levels deep: send less deeply nested arguments.");
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

    private static IncomingMessage Scan(ArraySegment<byte> body, bool isRewritten = false)
    {
        if (body.AsSpan().Contains((byte)'\\'))
        {
            UnescapeEveryString(body);
        }

        using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false });
        var message = document.RootElement;
        if (MessageEnvelope.FindProblem(message) is { } problem)
        {
            return new(body)
            {
                Problem = problem,
                ErrorCode = JsonRpcErrors.InvalidRequest,
                Id = MessageId.Of(message),
            };
        }

        if (!isRewritten && LooseParams.Rewrite(message) is { } rewritten)
        {
            return Scan(rewritten, isRewritten: true);
        }

        var known = new IncomingMessage(body) { Id = MessageId.Of(message) };
        if (NotText(message, "name") || NotText(message, "uri"))
        {
            // The transport compares them with headers before anybody looks at their type.
            return known with
            {
                Problem = "The params of the message have a 'name' or 'uri' that is not a string.",
                ErrorCode = JsonRpcErrors.InvalidParams,
            };
        }

        var isInitialize =
            message.TryGetProperty("method"u8, out var method)
            && method.ValueKind == JsonValueKind.String
            && method.ValueEquals("initialize"u8);
        return isInitialize ? CompleteInitialize(known with { IsInitialize = true }) : known;
    }

    private static bool NotText(JsonElement message, string name) =>
        message.TryGetProperty("params"u8, out var parameters)
        && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null);

    /// <summary>Finds what only shows when a string is read: an escape that stands for half a character.</summary>
    internal static void UnescapeEveryString(ReadOnlySpan<byte> body)
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

    private static IncomingMessage CompleteInitialize(IncomingMessage known)
    {
        var message = JsonNode.Parse(known.Body)!.AsObject();
        var parameters = message["params"] as JsonObject ?? [];
        if (parameters["_meta"] is JsonObject meta && meta.ContainsKey(VersionInMeta))
        {
            // Not terse but of a revision without a handshake, whose clients hear that this method is gone.
            return known;
        }

        message["params"] = parameters;
        parameters["protocolVersion"] ??= AssumedProtocolVersion;
        var refused = UnknownVersion(parameters["protocolVersion"]);
        if (refused is not null)
        {
            // "The server MUST respond with another protocol version it supports": the transport would refuse the newest ones.
            parameters["protocolVersion"] = AssumedProtocolVersion;
        }

        parameters["capabilities"] ??= new JsonObject();
        parameters["clientInfo"] ??= new JsonObject();
        if (parameters["clientInfo"] is JsonObject client)
        {
            client["name"] ??= "unnamed";
            client["version"] ??= "0";
        }

        return known with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(message, PlainValues.Default.JsonObject),
            RefusedVersion = refused,
        };
    }

    private static string? UnknownVersion(JsonNode? version) =>
        version is JsonValue value && value.TryGetValue(out string? text) && !VersionsWithHandshake.Contains(text) ? text : null;

    private static string RepeatedIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var names = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!):
                    return Cut.To(reader.GetString()!, LongestName);
            }
        }

        return "";
    }

    /// <summary>Whether a JSON text is at fault only for its depth.</summary>
    private static bool IsTooDeep(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new() { MaxDepth = int.MaxValue });
        try
        {
            var deepest = 0;
            while (reader.Read())
            {
                deepest = Math.Max(deepest, reader.CurrentDepth);
            }

            return deepest >= MostLevels;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IncomingMessage Malformed(ArraySegment<byte> body, string problem) =>
        new(body)
        {
            Problem = problem,
            ErrorCode = JsonRpcErrors.ParseError,
            Id = MessageId.Find(body),
        };
}
