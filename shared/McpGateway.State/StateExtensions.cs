using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Secrets;
using McpGateway.State.Activities;
using McpGateway.State.Database;
using McpGateway.State.Postgres;
using McpGateway.State.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpGateway.State;

public static class StateExtensions
{
    /// <summary>The gateway's own state, for whichever part needs it. A file is made at the first use.</summary>
    /// <exception cref="SettingException">There is a file that cannot be read, or <c>STATE</c> is not the URL of a database.</exception>
    public static GatewayBuilder AddState(this GatewayBuilder gateway)
    {
        if (gateway.Services.Any(registered => registered.ServiceType == typeof(StateDatabase)))
        {
            return gateway;
        }

        var options = gateway.AddSettings<StateOptions>();
        if (string.IsNullOrEmpty(options.Database))
        {
            gateway.Services.AddSingleton<StateDatabase, StateFile>();
            gateway.Services.AddSingleton<ActivityStore, ActivityFile>();
            gateway.NeedsToken = Tokens.WereMade(gateway.Options, gateway.Service);
        }
        else
        {
            UsePostgres(gateway, PostgresUrl.Parse("STATE", options.Database));
        }

        gateway.Services.AddHealthChecks().AddCheck<StateHealth>("state");
        gateway.Services.AddSingleton<Gates>();
        gateway.Services.AddSingleton<Grants>();
        gateway.Services.AddSingleton<KeptAnswers>();
        gateway.Services.AddSingleton<KeptCalls>();
        gateway.Services.AddSingleton<Keys>();
        gateway.Services.AddSingleton<Permits>();
        gateway.Services.AddSingleton<SpentTickets>();
        if (gateway.AddSettings<ActivityOptions>().Days == 0)
        {
            gateway.Warnings.NoEffect("ACTIVITY_MB", "ACTIVITY_DAYS=0 keeps nothing.");
        }

        gateway.Services.AddSingleton<Activity>();
        // It reads the log along, which is made with its readers, and asks it for what is still on its way.
        gateway.Services.AddSingleton(services => new Lazy<AuditLog>(services.GetRequiredService<AuditLog>));
        gateway.Services.AddSingleton<AuditReader>(services => services.GetRequiredService<Activity>().Note);
        gateway.Services.AddSingleton<Approvals>();
        gateway.Services.AddSingleton<Tokens>();
        gateway.Services.AddSingleton<Usage>();
        gateway.Services.AddSingleton<ICallerSource, MadeTokens>();
        return gateway;
    }

    // A method of its own, so that Npgsql is loaded only where it is used.
    private static void UsePostgres(GatewayBuilder gateway, PostgresUrl url)
    {
        var schema = PostgresState.SchemaOf(gateway.Service);
        gateway.Services.AddSingleton<StateDatabase>(services => new PostgresState(
            url,
            schema,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<PostgresState>>()
        ));
        gateway.Services.AddSingleton<ActivityStore, ActivityTables>();
        using var database = new PostgresState(url, schema, TimeProvider.System, NullLogger<PostgresState>.Instance);
        gateway.NeedsToken = Tokens.WereMade(database);
    }
}
