using ModelContextProtocol;

namespace Memory.Database;

/// <summary>The memory cannot be read or written; the message names where it is and the remedy, and reaches the model as it is.</summary>
internal sealed class StoreException(string message, Exception? inner = null) : McpException(message, inner);
