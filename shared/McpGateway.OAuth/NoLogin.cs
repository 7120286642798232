using McpGateway.Authentication;
using McpGateway.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.OAuth;

/// <summary>
/// The paths of a login where there is none. Clients that get a 401 look for a login there and show its reply, not the 401's, to their
/// user: it says that there is none and what to do instead.
/// </summary>
internal static class NoLogin
{
    private static readonly string[] Paths =
    [
        "/register",
        "/authorize",
        "/token",
        "/.well-known/oauth-authorization-server/{**path}",
        "/.well-known/oauth-protected-resource/{**path}",
        "/.well-known/openid-configuration/{**path}",
    ];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var door = endpoints.ServiceProvider.GetRequiredService<Door>();
        // Plain JSON, because clients print it as it came.
        var error = new Dictionary<string, string>
        {
            ["error"] = "not_found",
            ["error_description"] =
                $"This gateway has no login (OAuth). {(door.HasTokens ? door.HowToEnter : "It needs no token, unless one was made since it started.")}",
        };
        foreach (var path in Paths)
        {
            endpoints
                .Map(
                    path,
                    context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return context.Response.WriteAsJsonAsync(
                            error,
                            PlainValues.Readable.DictionaryStringString,
                            cancellationToken: context.RequestAborted
                        );
                    }
                )
                .RequireCors(cors => cors.AllowAnyOrigin().AllowAnyHeader().WithMethods("GET", "POST"));
        }
    }
}
