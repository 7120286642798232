using System.Diagnostics.CodeAnalysis;
using McpGateway.Console.Access;
using McpGateway.Console.Approving;
using McpGateway.Console.Assets;
using McpGateway.Console.Frame;
using McpGateway.Console.History;
using McpGateway.Console.Landing;
using McpGateway.Console.Overview;
using McpGateway.Console.Session;
using McpGateway.Console.Trying;
using McpGateway.Http;
using McpGateway.OAuth;
using McpGateway.State;
using McpGateway.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Console;

/// <summary>Pages for people: what the gateway is, for everybody, and a console for its operator.</summary>
public static class ConsoleExtensions
{
    // A failure that nobody foresaw, as a page.
    private static readonly FailureReply FailureReply = new(
        (context, failure) =>
            ConsoleDesk.WriteErrorAsync(context.RequestServices.GetRequiredService<PageFrame>(), context, failure.Status, failure.Message)
    );

    /// <summary>
    /// The landing page, and the console where there is an operator secret. Nothing of a page is made before one is asked for.
    /// </summary>
    public static GatewayBuilder AddConsole(this GatewayBuilder gateway)
    {
        gateway.AddSettings<ConsoleOptions>();
        gateway.AddState();
        gateway.Services.AddSingleton(new AssetSource(typeof(ConsoleExtensions).Assembly));
        gateway.Services.AddSingleton<AssetStore>();
        gateway.Services.AddSingleton<PageFrame>();
        gateway.Services.AddSingleton<LandingPage>();
        // Without a secret there is nothing to make them of, which a host that checks its services at the start (Development) would refuse.
        gateway.Services.AddSingleton(Make<ConsoleSession>);
        gateway.Services.AddSingleton(Make<SignIn>);
        gateway.Services.AddSingleton(Make<ConsoleDesk>);
        gateway.Services.AddSingleton(OverviewPage.Section);
        gateway.Services.AddSingleton(ActivityPage.Section);
        gateway.Services.AddSingleton(AccessPage.Section);
        gateway.Services.AddSingleton(ApprovalsPage.Section);
        gateway.Services.AddSingleton(ToolsPage.Section);
        gateway.Services.AddSingleton<OwnClient>();
        gateway.MapEndpoints(Map);
        // Once every part is registered, in whichever order.
        gateway.Services.AddSingleton(services => new ConsoleDoor(
            services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(OperatorSecret)),
            services.GetRequiredService<TimeProvider>().GetTimestamp()
        ));
        return gateway;
    }

    private static T Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<T>(services);

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        // It notes when the gateway was started.
        endpoints.ServiceProvider.GetRequiredService<ConsoleDoor>();
        endpoints
            .MapGet("/", context => context.RequestServices.GetRequiredService<LandingPage>().HandleAsync(context))
            .WithMetadata(FailureReply);
        // Where the pages were before there was a console. A form that was open meanwhile changes nothing.
        LeadOn(endpoints, "/connections", AccessPage.Path);
        LeadOn(endpoints, "/approvals", ApprovalsPage.Path);
        endpoints.MapMethods(AssetEndpoint.Pattern, ["GET", "HEAD"], AssetEndpoint.HandleAsync);
        endpoints.MapMethods(ConsoleDesk.Path + "/{**path}", ["GET", "POST"], HandleAsync).WithMetadata(FailureReply);
    }

    private static void LeadOn(IEndpointRouteBuilder endpoints, string from, string to) =>
        endpoints.MapMethods(
            from,
            ["GET", "POST"],
            context =>
            {
                SignIn.GoTo(context, to);
                return Task.CompletedTask;
            }
        );

    private static Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<ConsoleDoor>().IsOpen
            ? services.GetRequiredService<ConsoleDesk>().HandleAsync(context)
            : services
                .GetRequiredService<PageFrame>()
                .WriteAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "The console is closed",
                    Html.Empty,
                    Html.Of(
                        $"""
                        <section class="narrow card"><h1>The console is closed</h1>
                        <p>Nobody could prove to be the operator. To open it, start the gateway with a secret of your own:</p>
                        {Pieces.Copyable("OPERATOR_SECRET=$(openssl rand -base64 24)", "the setting")}
                        </section>
                        """
                    )
                );
    }
}
