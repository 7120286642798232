namespace McpGateway.Tools.Auditing;

/// <summary>
/// The services of calls that are made for their code alone (<see cref="CallWarmUp"/>): some are others than the gateway's, and no audit line,
/// metric or budget knows of them.
/// </summary>
/// <param name="instead">What takes the place of the gateway's services of the same types.</param>
internal sealed class Rehearsal(IServiceProvider services, IReadOnlyCollection<object> instead) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        instead.FirstOrDefault(service => service.GetType() == serviceType) ?? services.GetService(serviceType);
}
