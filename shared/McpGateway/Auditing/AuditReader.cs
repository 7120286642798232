namespace McpGateway.Auditing;

/// <summary>Reads along what the audit log writes: JSON objects, a line each. It is called beside the calls, must be quick and must not throw.</summary>
public delegate void AuditReader(ReadOnlySpan<byte> lines);
