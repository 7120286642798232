namespace McpGateway.State.Postgres;

/// <summary>The tables of the state in PostgreSQL, and how an older schema becomes a current one: as in the file, by Unix milliseconds.</summary>
internal static class StateTables
{
    /// <summary>Each brings it one version further. Never edited once released: a change is a new one.</summary>
    public static readonly string[] All =
    [
        """
            -- One row: how often anything was decided.
            CREATE TABLE decision (number bigint NOT NULL);
            INSERT INTO decision VALUES (0);

            CREATE TABLE takeover (what text COLLATE "C" PRIMARY KEY, at bigint NOT NULL);

            CREATE TABLE grants (id text COLLATE "C" PRIMARY KEY, content text NOT NULL, version bigint NOT NULL);

            CREATE TABLE keys (name text COLLATE "C" PRIMARY KEY, content text NOT NULL);

            CREATE TABLE spent (id text COLLATE "C" PRIMARY KEY, until bigint NOT NULL);

            CREATE TABLE tokens (
                name text COLLATE "C" PRIMARY KEY,
                digest text COLLATE "C" NOT NULL UNIQUE,
                rights text NOT NULL,
                created bigint NOT NULL,
                used bigint,
                ended bigint);

            CREATE TABLE approvals (
                call text COLLATE "C" PRIMARY KEY,
                caller text COLLATE "C" NOT NULL,
                tool text NOT NULL,
                title text NOT NULL,
                meaning text NOT NULL,
                arguments text NOT NULL,
                asked bigint NOT NULL,
                until bigint NOT NULL,
                answer bigint,
                names text NOT NULL DEFAULT '{}');

            CREATE TABLE usage (
                owner text COLLATE "C" NOT NULL,
                what text COLLATE "C" NOT NULL,
                period text COLLATE "C" NOT NULL,
                used bigint NOT NULL,
                PRIMARY KEY (owner, what));

            CREATE TABLE kept_calls (
                caller text COLLATE "C" NOT NULL,
                id text COLLATE "C" NOT NULL,
                digest text NOT NULL,
                tool text NOT NULL,
                started bigint NOT NULL,
                outcome text,
                PRIMARY KEY (caller, id));
            """,
        """
            CREATE TABLE permits (
                bucket text COLLATE "C" NOT NULL,
                segment bigint NOT NULL,
                used bigint NOT NULL,
                PRIMARY KEY (bucket, segment));

            CREATE TABLE gates (bucket text COLLATE "C" PRIMARY KEY, opens bigint NOT NULL);
            """,
    ];
}
