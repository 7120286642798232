using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Memory.Specs.Postgres;

/// <summary>Stands before a database and cuts connections at a commit: before the server gets it, or before its answer comes back.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly int target;
    private readonly Task accepting;
    private int cuts;
    private bool passesCommit;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Commits that were cut.</summary>
    public int Cut { get; private set; }

    /// <summary>Whether new connections are refused.</summary>
    public bool IsClosed { get; set; }

    /// <param name="times">The next commits that write.</param>
    /// <param name="passes">Whether the server gets them.</param>
    public void CutCommits(int times, bool passes)
    {
        passesCommit = passes;
        Volatile.Write(ref cuts, times);
    }

    /// <summary>Afterwards nobody can ask what became of it.</summary>
    public bool ClosesAfterCut { get; set; }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(ServeAsync(await listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            if (IsClosed)
            {
                return;
            }

            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, end.Token);
                using var cut = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                await Task.WhenAny(ForwardAsync(client, server, cut), server.GetStream().CopyToAsync(client.GetStream(), cut.Token));
                await cut.CancelAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // Either side is gone.
            }
        }
    }

    private async Task ForwardAsync(TcpClient client, TcpClient server, CancellationTokenSource cut)
    {
        var buffer = new byte[262_144];
        while (await client.GetStream().ReadAsync(buffer, cut.Token) is > 0 and var count)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, count);
            var isCut =
                text.Contains("INTO written", StringComparison.Ordinal) && text.Contains("COMMIT", StringComparison.Ordinal) && cuts > 0;
            if (!isCut)
            {
                await server.GetStream().WriteAsync(buffer.AsMemory(0, count), cut.Token);
                continue;
            }

            Cut++;
            cuts--;
            IsClosed = ClosesAfterCut;
            // The way back first, or the answer could get through.
            await cut.CancelAsync();
            if (passesCommit)
            {
                await server.GetStream().WriteAsync(buffer.AsMemory(0, count), end.Token);
                await ReadToEndOfTransactionAsync(server.GetStream());
            }

            return;
        }
    }

    /// <summary>Until the server says that it is done; nobody else hears it.</summary>
    private async Task ReadToEndOfTransactionAsync(NetworkStream server)
    {
        var answer = new StringBuilder();
        var buffer = new byte[65_536];
        while (!answer.ToString().EndsWith("Z\0\0\0\u0005I", StringComparison.Ordinal))
        {
            var count = await server.ReadAsync(buffer, end.Token);
            Assert.True(count > 0, "The server ended the connection before its answer.");
            answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }
}
