using Benchmarks.Fleet;

namespace Benchmarks.Soak;

/// <summary>What a process holds at one moment.</summary>
/// <param name="Resident">Resident memory, MB.</param>
/// <param name="Heap">The managed heap after its last collection, MB.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record Sample(double Minutes, double Resident, double Heap, int Handles, int Threads)
{
    public static async Task<Sample> TakeAsync(FleetMember member, double minutes) =>
        new(
            minutes,
            await ProcessMemory.ResidentAsync(member.ProcessId),
            await member.MetricAsync("dotnet_gc_last_collection_heap_size_bytes") / (1024 * 1024),
            Directory.GetFiles($"/proc/{member.ProcessId}/fd").Length,
            Directory.GetDirectories($"/proc/{member.ProcessId}/task").Length
        );
}
