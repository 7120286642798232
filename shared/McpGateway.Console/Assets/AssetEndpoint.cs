using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Console.Assets;

/// <summary>Serves the files of the pages, to everybody: they hold nothing of anybody's.</summary>
internal static class AssetEndpoint
{
    public const string Pattern = AssetStore.Folder + "{file}";

    public static Task HandleAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (context.RequestServices.GetRequiredService<AssetStore>().Find(context.Request.RouteValues["file"] as string) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        headers.CacheControl = "public, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        context.Response.ContentType = asset.Type;
        context.Response.ContentLength = asset.Content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(asset.Content, context.RequestAborted).AsTask();
    }
}
