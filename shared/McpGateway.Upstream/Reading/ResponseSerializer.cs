using System.Reflection;
using System.Text.Json;
using Refit;

namespace McpGateway.Upstream.Reading;

/// <summary>Writes requests as Refit does, and reads responses by <see cref="ResponseJson"/>.</summary>
internal sealed class ResponseSerializer(JsonSerializerOptions json) : IHttpContentSerializer
{
    private readonly SystemTextJsonContentSerializer requests = new(json);

    public HttpContent ToHttpContent<T>(T item) => requests.ToHttpContent(item);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => requests.GetFieldNameForProperty(propertyInfo);

    /// <exception cref="JsonException">The body is not what <typeparamref name="T"/> promises; never null instead.</exception>
    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        ResponseJson.Read<T>(await WholeBody.OfAsync(content, cancellationToken), json);
}
