using System.Globalization;
using McpGateway.Commands;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Hosting;

/// <summary>Starts a gateway on the host that started the process.</summary>
public static class GatewayHost
{
    /// <summary>Runs until stopped.</summary>
    /// <param name="args">None to start the service, or those of <see cref="CommandLine"/>; under a Functions host, the host's own.</param>
    /// <param name="addParts">The parts of the gateway: its login, the MCP server, and the service's tools.</param>
    /// <returns>
    /// The exit code: 0 after an orderly stop, 1 when the start failed, with one line on standard error that says why; after a
    /// <see cref="Command"/>, the command's.
    /// </returns>
    public static Task<int> RunAsync(string[] args, GatewayService service, Action<GatewayBuilder> addParts) =>
        RunAsync(args, service, addParts, Console.Out, Console.Error);

    internal static async Task<int> RunAsync(
        string[] args,
        GatewayService service,
        Action<GatewayBuilder> addParts,
        TextWriter output,
        TextWriter errors,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        try
        {
            if (IsFunctionsWorker(args))
            {
#if FUNCTIONS_WORKER
                await GatewayFunctionsHost.RunAsync(args, service, addParts);
                return 0;
#else
                throw new SettingException(
                    "This build has no Functions worker (FunctionsWorker=false): build it without that property to run it under a Functions host."
                );
#endif
            }

            if (CommandLine.Text(args, service) is { } text)
            {
                await output.WriteLineAsync(text);
                return 0;
            }

            if (CommandLine.Find(args, service) is var (command, arguments))
            {
                return await CommandRunner.RunAsync(
                    command,
                    arguments,
                    service,
                    () => CreateKestrelBuilder(service, addParts, configure),
                    output,
                    errors
                );
            }

            await using var app = BuildKestrel(service, addParts, configure);
            await RunAsync(app);
            return 0;
        }
        catch (Exception e) when (ExplainedBy(e) is { } line)
        {
            // A word by which the Functions host knows an error.
            await errors.WriteLineAsync($"{(IsFunctionsWorker(args) ? "error: " : "")}{service.Name} cannot start: {line}");
            return 1;
        }
    }

    /// <summary>The service on Kestrel, the embedded default host.</summary>
    /// <param name="configure">Final changes to the builder: what specs need.</param>
    public static WebApplication BuildKestrel(
        GatewayService service,
        Action<GatewayBuilder> addParts,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var app = CreateKestrelBuilder(service, addParts, configure).Build();
        app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.PrepareDataFolder();
        app.Services.BeginEarlyServices();
        app.UseGateway(GatewayHostKind.Kestrel);
        return app;
    }

    private static WebApplicationBuilder CreateKestrelBuilder(
        GatewayService service,
        Action<GatewayBuilder> addParts,
        Action<WebApplicationBuilder>? configure
    )
    {
        // The slim builder would add files of settings, and a filter of Host and X-Forwarded-* before ours.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.WebHost.UseKestrelCore();
        configure?.Invoke(builder);
        var options = builder.AddGateway(service, addParts, GatewayHostKind.Kestrel);
        var port = options.Port ?? service.DefaultPort;
        var metrics = MetricsPort(builder.Configuration);
        if (metrics == port)
        {
            throw new SettingException(
                $"METRICS_PORT={metrics} is the port of the service itself ({(options.Port is null ? "PORT is not set" : $"PORT={port}")}): "
                    + "set METRICS_PORT to another one, or leave it out and set METRICS=true, which serves /metrics there to callers with a token."
            );
        }

        builder.WebHost.UseUrls([
            $"http://{options.UrlHost}:{port}",
            .. metrics is null ? (string[])[] : [$"http://{options.UrlHost}:{metrics}"],
        ]);
        return builder;
    }

    // Its form was checked with the settings.
    private static int? MetricsPort(IConfiguration settings) =>
        settings["METRICS_PORT"] is var port && string.IsNullOrWhiteSpace(port) ? null : int.Parse(port, CultureInfo.InvariantCulture);

    private static async Task RunAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var metrics = MetricsPort(app.Configuration);
        using var housekeeping = Housekeeping.Start();
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while still starting: an orderly stop as well.
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            var isMetrics = metrics is { } port && e.Message.Contains($":{port}:", StringComparison.Ordinal);
            throw new SettingException(
                $"{e.Message} Set {(isMetrics ? "METRICS_PORT" : "PORT")} to a free one, or end the program that has it."
            );
        }
    }

    private static bool IsFunctionsWorker(string[] args) =>
        args.Contains("--functions-uri") || AppContext.GetData("AZURE_FUNCTIONS_NATIVE_HOST") is not null;

    private static string? ExplainedBy(Exception e) =>
        e switch
        {
            SettingException => e.Message,
            System.Net.Sockets.SocketException => $"the address cannot be bound ({e.Message}): check BIND_ADDRESS and PORT.",
            _ => null,
        };
}
