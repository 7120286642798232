using System.Globalization;
using McpGateway.Secrets;
using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>
/// Where a PostgreSQL database is and how to sign in, as libpq writes it: <c>postgres://user:password@host:5432/database?sslmode=verify-full</c>.
/// It holds a password: no message of its own shows more than hosts and database.
/// </summary>
public sealed class PostgresUrl
{
    private const int DefaultPool = 10;
    private const int MostPool = 500;
    private const string Known = "sslmode, sslrootcert, application_name, connect_timeout, target_session_attrs, pool, prepare";

    private static readonly string[] EntraHosts = [".postgres.database.azure.com", ".postgres.cosmos.azure.com"];

    private readonly NpgsqlConnectionStringBuilder connection;

    private PostgresUrl(NpgsqlConnectionStringBuilder connection, string place)
    {
        this.connection = connection;
        Place = place;
    }

    /// <summary>Hosts and database, for people: no user and no password.</summary>
    public string Place { get; }

    public string? User => connection.Username;

    /// <summary>How many connections one process opens at most.</summary>
    public int Pool => connection.MaxPoolSize;

    /// <summary>Whether it is at Azure and without a password: the identity of the service signs in.</summary>
    internal bool ByEntra =>
        connection.Password is null
        && connection
            .Host!.Split(',')
            .All(host => Array.Exists(EntraHosts, azure => host.Split(':')[0].EndsWith(azure, StringComparison.OrdinalIgnoreCase)));

    internal string ConnectionString => connection.ToString();

    /// <param name="setting">The setting it comes from, for errors.</param>
    /// <exception cref="SettingException">It is not such a URL. The message does not repeat it.</exception>
    public static PostgresUrl Parse(string setting, string url)
    {
        var rest =
            url.StartsWith("postgres://", StringComparison.Ordinal) ? url["postgres://".Length..]
            : url.StartsWith("postgresql://", StringComparison.Ordinal) ? url["postgresql://".Length..]
            : throw Wrong(setting, "it does not begin with postgres://");
        var query = rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? mark : rest.Length;
        var (address, parameters) = (rest[..query], query < rest.Length ? rest[(query + 1)..] : "");
        // A password may hold an @ that nobody encoded.
        var (sign, path) = (address.LastIndexOf('@'), address.IndexOf('/', Math.Max(0, address.LastIndexOf('@'))));
        var hosts = address[(sign + 1)..(path < 0 ? address.Length : path)];
        var database = path < 0 ? "" : Decoded(setting, address[(path + 1)..]);
        var user = sign < 0 ? [] : address[..sign].Split(':', 2);
        if (
            hosts.Length == 0
            || database.Length == 0
            || database.Contains('/', StringComparison.Ordinal)
            || user is not [{ Length: > 0 }, ..]
        )
        {
            throw Wrong(setting, "it lacks its user, its host or its database, or has a '?' in the password that is not encoded");
        }

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', hosts.Split(',').Select(host => CheckHost(setting, host))),
            Database = database,
            Username = Decoded(setting, user[0]),
            Password = user is [_, { Length: > 0 } password] ? Decoded(setting, password) : null,
            ApplicationName = "mcp-gateway",
            MaxPoolSize = DefaultPool,
            // What a pool of an idle, serverless instance keeps.
            ConnectionIdleLifetime = 60,
            Timeout = 5,
            CommandTimeout = 60,
            // A transaction leaves nothing behind on its connection (see PostgresTransaction), and behind PgBouncer it is another's by then.
            NoResetOnClose = true,
            PersistSecurityInfo = false,
        };
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            connection.TargetSessionAttributes = "primary";
        }

        foreach (var parameter in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var n, var v] ? (n, Decoded(setting, v)) : (parameter, "");
            Apply(setting, connection, name, value);
        }

        var read = new PostgresUrl(connection, $"{hosts}/{database}");
        if (read.ByEntra && connection.SslMode is not (SslMode.VerifyFull or SslMode.VerifyCA))
        {
            // The token goes over as it is.
            connection.SslMode = SslMode.VerifyFull;
        }

        if (connection.SslMode is not (SslMode.VerifyFull or SslMode.VerifyCA))
        {
            // Who answers for the server must not be able to ask for the password itself.
            connection.RequireAuth = "!Password";
        }

        return read;
    }

    private static void Apply(string setting, NpgsqlConnectionStringBuilder connection, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                connection.SslMode = value switch
                {
                    "disable" => SslMode.Disable,
                    "allow" => SslMode.Allow,
                    "prefer" => SslMode.Prefer,
                    "require" => SslMode.Require,
                    "verify-ca" => SslMode.VerifyCA,
                    "verify-full" => SslMode.VerifyFull,
                    _ => throw Wrong(setting, "its sslmode is none of disable, allow, prefer, require, verify-ca, verify-full"),
                };
                break;
            case "sslrootcert":
                connection.RootCertificate = value;
                break;
            case "application_name":
                connection.ApplicationName = value;
                break;
            case "connect_timeout":
                connection.Timeout = Number(setting, name, value, 60);
                break;
            case "target_session_attrs":
                connection.TargetSessionAttributes = value is "read-write" or "primary"
                    ? value
                    : throw Wrong(setting, "its target_session_attrs is neither read-write nor primary: the gateway writes");
                break;
            case "pool":
                connection.MaxPoolSize = Number(setting, name, value, MostPool);
                break;
            case "prepare":
                connection.MaxAutoPrepare = value switch
                {
                    "true" => 200,
                    "false" => 0,
                    _ => throw Wrong(setting, "its prepare is neither true nor false"),
                };
                break;
            default:
                throw Wrong(setting, $"it has a parameter that is not known: use {Known}");
        }
    }

    private static int Number(string setting, string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw Wrong(setting, string.Create(CultureInfo.InvariantCulture, $"its {name} is not a number from 1 to {most}"));

    private static string CheckHost(string setting, string host) =>
        host.Length > 0
        && Uri.TryCreate($"tcp://{host}", UriKind.Absolute, out var address)
        && address is { UserInfo: "", PathAndQuery: "/" or "" }
            ? host
            : throw Wrong(setting, "its host is not a name or address, with or without a port");

    private static string Decoded(string setting, string text)
    {
        var decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\0', StringComparison.Ordinal)
            ? throw Wrong(setting, "it has a character that no name may have")
            : decoded;
    }

    // Never with the URL, nor a part of it: what is wrong may be that the password stands in another's place.
    private static SettingException Wrong(string setting, string problem) =>
        new(
            $"{setting} is not the URL of a database ({problem}): use postgres://user:password@host:5432/database, with %3F for ? in the password."
        );
}
