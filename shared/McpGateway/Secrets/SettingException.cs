namespace McpGateway.Secrets;

/// <summary>A setting that keeps the service from starting; the message says which, why and what to set, never a secret.</summary>
public sealed class SettingException(string message, Exception? inner = null) : Exception(message, inner);
