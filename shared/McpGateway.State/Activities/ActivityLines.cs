using System.Text;
using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.State.Activities;

/// <summary>Reads audit lines.</summary>
internal static class ActivityLines
{
    private const int LongestDetail = 300;

    /// <param name="lines">JSON objects, a line each, as the audit log writes them.</param>
    /// <param name="add">Told of each.</param>
    public static void Read(ReadOnlySpan<byte> lines, Action<ActivityEvent> add)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (!lines[range].IsEmpty)
            {
                add(ReadLine(lines[range]));
            }
        }
    }

    private static ActivityEvent ReadLine(ReadOnlySpan<byte> line)
    {
        DateTimeOffset time = default;
        string @event = "";
        string? caller = null;
        string? name = null;
        string? outcome = null;
        double? milliseconds = null;
        long? bytes = null;
        long? tokens = null;
        long? credits = null;
        StringBuilder? detail = null;
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("time"u8))
            {
                json.Read();
                time = json.GetDateTimeOffset();
            }
            else if (json.ValueTextEquals("event"u8))
            {
                @event = Text(ref json) ?? "";
            }
            else if (json.ValueTextEquals("caller"u8))
            {
                caller = Text(ref json);
            }
            else if (json.ValueTextEquals("tool"u8) || json.ValueTextEquals("resource"u8) || json.ValueTextEquals("prompt"u8))
            {
                name = Text(ref json);
            }
            else if (json.ValueTextEquals("outcome"u8))
            {
                outcome = Text(ref json);
            }
            else if (json.ValueTextEquals("ms"u8))
            {
                json.Read();
                milliseconds = json.GetDouble();
            }
            else if (json.ValueTextEquals("bytes"u8))
            {
                bytes = Number(ref json);
            }
            else if (json.ValueTextEquals("tokens"u8))
            {
                tokens = Number(ref json);
            }
            else if (json.ValueTextEquals("credits"u8))
            {
                credits = Number(ref json);
            }
            else if (json.ValueTextEquals("service"u8) || json.ValueTextEquals("trace"u8))
            {
                json.Skip();
            }
            else
            {
                AddDetail(ref json, detail ??= new());
            }
        }

        return new(
            0,
            time,
            @event,
            caller,
            name,
            outcome,
            milliseconds,
            bytes,
            tokens,
            credits,
            detail is null ? null : Cut.To($"{detail}", LongestDetail)
        );
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : json.GetString();
    }

    private static long Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }

    private static void AddDetail(ref Utf8JsonReader json, StringBuilder detail)
    {
        var field = json.GetString();
        json.Read();
        var value = json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
            _ => null,
        };
        json.Skip();
        if (!string.IsNullOrEmpty(value))
        {
            detail.Append(detail.Length > 0 ? ", " : "").Append(field).Append(": ").Append(value);
        }
    }
}
