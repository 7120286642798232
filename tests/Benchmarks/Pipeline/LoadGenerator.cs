using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Pipeline;

/// <summary>
/// Sends requests over and over on kept-alive connections, each waiting for its answer. On bare sockets: the load shares
/// the processors with the server, and an HttpClient would be the larger part of what is measured.
/// </summary>
/// <param name="request">The bytes to send: by the number of the connection, and of the call on it.</param>
/// <param name="expected">What every answer contains.</param>
public sealed class LoadGenerator(Uri url, Func<int, int, byte[]> request, string expected = "hello")
{
    private readonly byte[] expected = Encoding.UTF8.GetBytes(expected);

    /// <summary>One request, the same on every connection.</summary>
    public LoadGenerator(Uri url, string accept, string? token, string body, string expected = "hello")
        : this(url, Always(RequestOf(url, accept, token, body)), expected) { }

    /// <param name="headers">Further lines of the header, each with its name.</param>
    /// <returns>A POST as it goes over the wire.</returns>
    public static byte[] RequestOf(Uri url, string accept, string? token, string body, params string[] headers) =>
        Encoding.UTF8.GetBytes(
            $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nAccept: {accept}\r\nContent-Type: application/json\r\n"
                + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
                + string.Concat(headers.Select(header => $"{header}\r\n"))
                + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
        );

    /// <summary>Runs for <paramref name="duration"/> on so many connections.</summary>
    /// <param name="pace">
    /// How long after one call of a connection its next is made, the connections in turns; null: as soon as the answer is there.
    /// </param>
    public async Task<Load> RunAsync(int connections, TimeSpan duration, TimeSpan? pace = null)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(connection => Task.Run(() => DriveAsync(connection, started, duration, pace, pace * connection / connections)))
        );
        var elapsed = Stopwatch.GetElapsedTime(started);
        var sorted = latencies.SelectMany(l => l).Order().ToArray();
        return new(sorted.Length / elapsed.TotalSeconds, At(sorted, 0.5), At(sorted, 0.99), sorted.Length);
    }

    private async Task<List<long>> DriveAsync(int connection, long started, TimeSpan duration, TimeSpan? pace, TimeSpan? first)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var latencies = new List<long>(4_096);
        var buffer = new byte[64 * 1024];
        do
        {
            if (first + (latencies.Count * pace) - Stopwatch.GetElapsedTime(started) is { } early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request(connection, latencies.Count));
            buffer = await ReadAnswerAsync(socket, buffer);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
        } while (Stopwatch.GetElapsedTime(started) < duration);

        return latencies;
    }

    /// <returns>The buffer, or a larger one that the answer needed.</returns>
    private async Task<byte[]> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!IsComplete(buffer.AsSpan(0, length)))
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }

            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8) || buffer.AsSpan(0, length).IndexOf(expected) < 0)
        {
            throw new InvalidOperationException("Not the tool's answer: " + Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 4_000)));
        }

        return buffer;
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..end];
        var field = head.IndexOf("Content-Length: "u8);
        // Node's servers write names of fields as their program does.
        field = field < 0 ? head.IndexOf("content-length: "u8) : field;
        if (field < 0)
        {
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        return System.Buffers.Text.Utf8Parser.TryParse(answer[(field + 16)..], out int content, out _)
            && answer.Length == end + 4 + content;
    }

    private static Func<int, int, byte[]> Always(byte[] request) => (_, _) => request;

    private static TimeSpan At(long[] sorted, double share) =>
        TimeSpan.FromSeconds((double)sorted[(int)((sorted.Length - 1) * share)] / Stopwatch.Frequency);
}

/// <summary>What one run of load came to.</summary>
/// <param name="PerSecond">Calls answered each second.</param>
/// <param name="Median">The median time of a call.</param>
/// <param name="Slow">The time that one call of a hundred exceeds.</param>
public sealed record Load(double PerSecond, TimeSpan Median, TimeSpan Slow, int Calls);
