using Microsoft.AspNetCore.Http.Features;

namespace McpGateway.Console.Trying;

/// <summary>The response of a request within a request. Without it nobody would run what is to happen at its end, such as giving back memory.</summary>
internal sealed class InnerResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Run, object State)> atTheEnd = new();

    public override void OnCompleted(Func<object, Task> callback, object state) => atTheEnd.Push((callback, state));

    /// <summary>Runs what was registered, the latest first.</summary>
    public async Task EndAsync()
    {
        while (atTheEnd.TryPop(out var last))
        {
            await last.Run(last.State);
        }
    }
}
