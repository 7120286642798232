using McpGateway.Hosting;

namespace McpGateway.Tools.Transport;

/// <summary>
/// What a large message leaves behind at each step on its way, such as the buffers it grew in, is several times its size and would stay until
/// the collector comes by itself, on top of what the next step takes.
/// </summary>
internal static class LargeMessage
{
    /// <summary>From so many bytes on a collection costs little beside the reading of the message.</summary>
    private const int Least = 2_000_000;

    // All threads wait meanwhile, and there may be many such messages.
    private static readonly Sparingly GivingBack = new(Leftovers.GiveBack, TimeProvider.System);

    public static bool IsOne(long? bytes) => bytes >= Least;

    /// <summary>Gives the memory back that nobody needs any more.</summary>
    public static void Tidy() => GivingBack.Run();
}
