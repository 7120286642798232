using McpGateway.Auditing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

public static partial class AuditExtensions
{
    internal static IHostApplicationBuilder AddGatewayAudit(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<AuditOptions>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<AuditLog>();
        return builder;
    }
}
