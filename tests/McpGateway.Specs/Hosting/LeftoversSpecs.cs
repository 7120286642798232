using System.Runtime.InteropServices;
using McpGateway.Hosting;

namespace McpGateway.Specs.Hosting;

public sealed class LeftoversSpecs
{
    private const int Block = 32 * 1024;

    private const int Blocks = 3_000;

    [Fact]
    public void What_native_code_has_freed_goes_back_to_the_system()
    {
        var blocks = Enumerable.Range(0, Blocks).Select(_ => Marshal.AllocHGlobal(Block)).ToList();
        foreach (var block in blocks)
        {
            Marshal.Copy(new byte[Block], 0, block, Block);
        }

        // One that is in use, after all others: what is free before it stays with the process otherwise.
        foreach (var block in blocks[..^1])
        {
            Marshal.FreeHGlobal(block);
        }

        var before = Environment.WorkingSet;
        Leftovers.GiveBack();
        var given = before - Environment.WorkingSet;
        Marshal.FreeHGlobal(blocks[^1]);

        Assert.True(given > Block * Blocks / 2, $"{given / 1024} of {Block * Blocks / 1024} kB went back.");
    }
}
