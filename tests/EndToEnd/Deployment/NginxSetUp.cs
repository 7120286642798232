namespace EndToEnd.Deployment;

/// <summary>What a spec wants otherwise than production has it.</summary>
public sealed record NginxSetUp
{
    /// <summary>Whether loopback is taken for the tunnel that sets CF-Connecting-IP.</summary>
    public bool Tunnel { get; init; }

    /// <summary>The rate that fills a bucket instead of production's 20 requests a second: <c>1r/m</c> leaves the burst alone to be counted.</summary>
    public string? Rate { get; init; }

    /// <summary>The requests at once instead of production's 60, whatever the rate: a busy nginx takes all that have come for one moment's.</summary>
    public int? Burst { get; init; }

    /// <summary>Whether hosts that nginx does not know are answered with a certificate nobody trusts, as acme-companion's default one.</summary>
    public bool DefaultCertificate { get; init; }

    /// <summary>The loopback ports of second instances, by host: nginx-proxy puts all containers of a host into one upstream.</summary>
    public IReadOnlyDictionary<string, int> Second { get; init; } = new Dictionary<string, int>();

    /// <summary>The loopback ports of further instances of every host.</summary>
    public IReadOnlyList<int> Further { get; init; } = [];

    /// <summary>How nginx chooses among the instances of a host, as the label of compose.postgres-two.yml says it; by turns where it is empty.</summary>
    public string Balance { get; init; } = "";

    /// <summary>Each worker finds out by itself which instance is stopping.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Hosts that are no gateways, such as n8n, and the loopback ports behind them.</summary>
    public IReadOnlyDictionary<string, int> Others { get; init; } = new Dictionary<string, int>();
}
