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
        """
            -- What callers did: the tables of activity.db.
            CREATE TABLE series (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                event text COLLATE "C" NOT NULL,
                caller text COLLATE "C" NOT NULL,
                name text COLLATE "C" NOT NULL,
                outcome text COLLATE "C" NOT NULL);
            -- Names that callers make up may be longer than an index takes.
            CREATE UNIQUE INDEX series_names ON series (md5(event), md5(caller), md5(name), md5(outcome));

            CREATE TABLE events (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                at bigint NOT NULL,
                series bigint NOT NULL,
                ms double precision,
                bytes bigint,
                tokens bigint,
                credits bigint,
                detail text);
            CREATE INDEX events_at ON events (at);
            CREATE INDEX events_series ON events (series, at);

            CREATE TABLE sums (
                span bigint NOT NULL,
                start bigint NOT NULL,
                series bigint NOT NULL,
                calls bigint NOT NULL,
                bytes bigint NOT NULL,
                tokens bigint NOT NULL,
                credits bigint NOT NULL,
                slowest double precision NOT NULL,
                last bigint NOT NULL,
                b0 bigint NOT NULL,
                b1 bigint NOT NULL,
                b2 bigint NOT NULL,
                b3 bigint NOT NULL,
                b4 bigint NOT NULL,
                b5 bigint NOT NULL,
                b6 bigint NOT NULL,
                b7 bigint NOT NULL,
                b8 bigint NOT NULL,
                b9 bigint NOT NULL,
                b10 bigint NOT NULL,
                b11 bigint NOT NULL,
                PRIMARY KEY (span, start, series));

            -- Results that were too long to send, encrypted by what their callers alone hold. Not logged, since they are worth nothing after a while.
            CREATE UNLOGGED TABLE kept_answers (
                name text COLLATE "C" PRIMARY KEY, until bigint NOT NULL, size bigint NOT NULL, content bytea NOT NULL);
            """,
        """
            -- One row: how often the tokens have changed, whoever changed them. That one was used is not a change.
            CREATE TABLE token_changes (number bigint NOT NULL);
            INSERT INTO token_changes VALUES (0);
            CREATE FUNCTION count_token_change() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN UPDATE token_changes SET number = number + 1; RETURN NULL; END';
            CREATE TRIGGER token_changed AFTER INSERT OR DELETE OR UPDATE OF digest, rights, ended ON tokens
                FOR EACH STATEMENT EXECUTE FUNCTION count_token_change();
            """,
    ];
}
