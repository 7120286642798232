using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Pipeline;

/// <summary>
/// Sends one request over and over on kept-alive connections, each waiting for its answer. On bare sockets: the load shares
/// the processors with the server, and an HttpClient would be the larger part of what is measured.
/// </summary>
public sealed class LoadGenerator(Uri url, string accept, string? token, string body)
{
    private readonly byte[] request = Encoding.UTF8.GetBytes(
        $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nAccept: {accept}\r\nContent-Type: application/json\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
    );

    /// <summary>Runs for <paramref name="duration"/> on so many connections.</summary>
    public async Task<Load> RunAsync(int connections, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => DriveAsync(started, duration))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var sorted = latencies.SelectMany(l => l).Order().ToArray();
        return new(
            sorted.Length / elapsed.TotalSeconds,
            TimeSpan.FromSeconds((double)sorted[sorted.Length / 2] / Stopwatch.Frequency),
            sorted.Length
        );
    }

    private async Task<List<long>> DriveAsync(long started, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var latencies = new List<long>(100_000);
        var buffer = new byte[64 * 1024];
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, buffer);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
        }

        return latencies;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!IsComplete(buffer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8) || buffer.AsSpan(0, length).IndexOf("hello"u8) < 0)
        {
            throw new InvalidOperationException("Not the tool's answer: " + Encoding.UTF8.GetString(buffer, 0, length));
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var field = answer[..end].IndexOf("Content-Length: "u8);
        if (field < 0)
        {
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        return System.Buffers.Text.Utf8Parser.TryParse(answer[(field + 16)..], out int content, out _)
            && answer.Length == end + 4 + content;
    }
}

/// <summary>What one run of load came to.</summary>
/// <param name="PerSecond">Calls answered each second.</param>
/// <param name="Median">The median time of a call.</param>
public sealed record Load(double PerSecond, TimeSpan Median, int Calls);
