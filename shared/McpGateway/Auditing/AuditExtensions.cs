using McpGateway.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Auditing;

internal static class AuditExtensions
{
    internal static IHostApplicationBuilder AddGatewayAudit(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<AuditOptions>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddHealthChecks().AddCheck<AuditHealth>("audit");
        return builder;
    }
}
