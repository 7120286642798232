using System.Diagnostics.Metrics;
using McpGateway.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpGateway.Telemetry;

internal static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Traces and metrics, exported by OTLP when the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set and off otherwise.
    /// See https://opentelemetry.io/docs/specs/otel/protocol/exporter/ for the other standard variables.
    /// </summary>
    internal static IHostApplicationBuilder AddGatewayTelemetry(
        this IHostApplicationBuilder builder,
        GatewayService service,
        StartWarnings warnings
    )
    {
        builder.Services.AddMetrics();
        SettingSources.Of(builder).Resolve([Endpoint, "OTEL_EXPORTER_OTLP_HEADERS"]);
        var isExported = false;
        if (builder.Configuration[Endpoint] is { Length: > 0 } endpoint)
        {
            isExported = true;
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                // OpenTelemetry itself would fall back to a collector on this machine, without a word.
                throw new SettingException($"{Endpoint} is not the URL of a collector: use http://host:4317, or https.");
            }

            builder.AddOtlpExport(service);
        }
        else
        {
            foreach (var (name, _) in builder.Configuration.AsEnumerable().Where(each => IsOfExport(each.Key)))
            {
                warnings.NoEffect(name, $"nothing is exported without {Endpoint}.");
            }
        }

        if (builder.AddSettings<MetricsOptions>().AreOn)
        {
            isExported = true;
            builder.AddPrometheus(service);
        }

        builder.Services.AddSingleton(services => new GatewayMetrics(services.GetRequiredService<IMeterFactory>(), isExported));

        return builder;
    }

    private static bool IsOfExport(string setting) => setting.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.OrdinalIgnoreCase);

    // A method of its own, so that OpenTelemetry's libraries are loaded for those alone who use them.
    private static void AddOtlpExport(this IHostApplicationBuilder builder, GatewayService service)
    {
        builder.Services.AddHostedService<LostTelemetry>();
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service.Name, serviceVersion: service.Version))
            .WithTracing(traces =>
                traces
                    .AddSource("Experimental.ModelContextProtocol")
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddOtlpExporter()
            )
            .WithMetrics(metrics =>
                metrics
                    .AddGatewayMeters()
                    // One for each signal: UseOtlpExporter would send the log away as well.
                    .AddOtlpExporter()
            );
    }

    private static void AddPrometheus(this IHostApplicationBuilder builder, GatewayService service) =>
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service.Name, serviceVersion: service.Version))
            .WithMetrics(metrics =>
                metrics
                    .AddGatewayMeters()
                    .AddMeter("System.Runtime")
                    // Names that Prometheus keeps for histograms, of things that nobody asks for.
                    .AddView("dotnet.*.count", MetricStreamConfiguration.Drop)
                    .AddPrometheusExporter()
            );

    private static MeterProviderBuilder AddGatewayMeters(this MeterProviderBuilder metrics) =>
        metrics
            .AddMeter(GatewayMetrics.MeterName, "Experimental.ModelContextProtocol")
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation();
}
