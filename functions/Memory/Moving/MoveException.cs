namespace Memory.Moving;

/// <summary>A move cannot begin, or did not come to its end; the message says what to do.</summary>
internal sealed class MoveException(string message) : Exception(message);
