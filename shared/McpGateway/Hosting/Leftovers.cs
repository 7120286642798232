using System.Runtime.InteropServices;

namespace McpGateway.Hosting;

/// <summary>
/// What a start, calls that warmed it up, a busy time, or a message of megabytes leave behind: memory that is free within the process, and of no use
/// to the callers to come.
/// </summary>
public static unsafe class Leftovers
{
    /// <summary>Gives it back to the system. All threads wait meanwhile, some tens of milliseconds: for once, or beside work that takes longer.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // What the compiler and SQLite have freed, glibc keeps; other C libraries do not have the function.
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out var trim))
        {
            ((delegate* unmanaged<nuint, int>)trim)(0);
        }
    }
}
