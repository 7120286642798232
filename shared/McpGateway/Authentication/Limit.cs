namespace McpGateway.Authentication;

/// <summary>What a caller uses up.</summary>
public enum Spending
{
    /// <summary>Calls of tools.</summary>
    Calls,

    /// <summary>Tokens of answers (o200k, estimated on the high side).</summary>
    Tokens,

    /// <summary>Credits at the vendor.</summary>
    Credits,
}

/// <summary>For how long a limit holds before it begins anew.</summary>
public enum Per
{
    Call,
    Minute,
    Day,
    Month,
}

/// <summary>The most that may be used up, such as 2000 calls a day. Minutes, days and months are those of the operator's clock.</summary>
public sealed record Limit(Spending What, Per Per, long Most)
{
    /// <summary>What is counted, such as <c>calls/day</c>: the same for all limits of it.</summary>
    public string Name { get; } = $"{What}/{Per}".ToLowerInvariant();

    /// <summary>As an operator writes it: <c>calls=2000/day</c>.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name.Split('/')[0]}={Most}/{Name.Split('/')[1]}");
}
