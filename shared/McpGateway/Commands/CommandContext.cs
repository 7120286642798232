namespace McpGateway.Commands;

/// <summary>What a <see cref="Command"/> works with.</summary>
/// <param name="Arguments">What followed the name; none unless <see cref="Command.Arguments"/> says so. The command checks them.</param>
/// <param name="Services">The services of the gateway; settings are options among them, <c>IOptions&lt;TOptions&gt;</c>.</param>
/// <param name="Output">Standard output.</param>
public sealed record CommandContext(IReadOnlyList<string> Arguments, IServiceProvider Services, TextWriter Output);
