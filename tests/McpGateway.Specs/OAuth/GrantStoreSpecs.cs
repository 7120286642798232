using System.Net;
using McpGateway.OAuth.Grants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Specs that run over each store of grants.</summary>
public abstract class GrantStoreSpecs
{
    internal FakeTimeProvider Time { get; } =
        new(DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The settings that choose the store.</summary>
    internal abstract Task<Dictionary<string, string?>> StoreAsync();

    internal Task<OAuthGateway> StartAsync(Dictionary<string, string?> settings) =>
        OAuthGateway.StartAsync(settings, Time, name: StoreName);

    /// <summary>The name of the service, which keeps one spec's grants from another's in a common account.</summary>
    protected string StoreName { get; } = $"spec-{Guid.NewGuid():N}";

    internal async Task<OAuthGateway> StartAsync() => await StartAsync(await StoreAsync());

    internal static async Task<int> CountAsync(OAuthGateway gateway) =>
        await StoreOf(gateway).ListAsync(TestContext.Current.CancellationToken).CountAsync();

    internal static IGrantStore StoreOf(OAuthGateway gateway) => gateway.Gateway.Services.GetRequiredService<IGrantStore>();

    internal static async Task AssertInvalidGrantAsync(HttpResponseMessage response) =>
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (response.StatusCode, await OAuthGateway.ErrorOf(response)));
}
