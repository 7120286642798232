namespace McpGateway;

/// <summary>What runs the pipeline.</summary>
internal enum GatewayHostKind
{
    /// <summary>The process's own web server.</summary>
    Kestrel,

    /// <summary>The Azure Functions host, which forwards to this process as its isolated worker.</summary>
    FunctionsWorker,
}
