using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Schemas;

/// <summary>
/// A tool of which the service has the listing at hand, embedded from its folder <c>listed</c>: neither its start nor its list looks into the tool's
/// method, which its first call does. A tool without a listing, or with a rule that calls may not be checked for, is made at start.
/// docs/decisions/0052-listings-at-hand.md
/// </summary>
internal sealed partial class PreparedTool : McpServerTool, IMcpServerPrimitive
{
    private readonly string name;
    private readonly MethodInfo method;
    private readonly IServiceProvider services;
    private readonly Func<IServiceProvider, McpServerTool> create;
    private readonly Lazy<McpServerTool> made;
    private readonly Lazy<Tool> listed;
    private readonly Lazy<IReadOnlyList<object>> metadata;

    /// <param name="services">Those of the gateway: no caller gives what they have.</param>
    /// <param name="create">Makes the tool of its method.</param>
    public PreparedTool(MethodInfo method, IServiceProvider services, Func<IServiceProvider, McpServerTool> create)
    {
        (this.method, this.services, this.create, name) = (method, services, create, NameOf(method));
        made = new(Make);
        listed = new(List);
        metadata = new(Describe);
    }

    /// <summary>What is listed besides, which depends on how the program was built.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>How the tool's arguments and results are JSON.</summary>
    public JsonSerializerOptions Json { get; init; } = McpJsonUtilities.DefaultOptions;

    /// <summary>Holds of the tool unless its method has an attribute of the type.</summary>
    public Attribute? Default { get; init; }

    /// <summary>What is called, made of the method once.</summary>
    /// <exception cref="NotSupportedException">Its schema says what no call would be checked for, or leaves a type out.</exception>
    public McpServerTool Made => made.Value;

    public override Tool ProtocolTool => listed.Value;

    /// <summary>That of the method and its class, as the library has it of the tools that it makes.</summary>
    public override IReadOnlyList<object> Metadata => metadata.Value;

    private bool HasListing => Listings?.GetManifestResourceInfo(Resource) is not null;

    // The collections of tools ask for no more.
    string IMcpServerPrimitive.Id => name;

    private Assembly? Listings => services.GetRequiredService<GatewayService>().Listings;

    private string Resource => $"listed/{name}.json";

    private bool HasOutputSchemas => services.GetRequiredService<IOptions<McpOptions>>().Value.OutputSchemas;

    public static string NameOf(MethodInfo method) => method.GetCustomAttribute<McpServerToolAttribute>()!.Name!;

    /// <summary>The listing by the method, whatever is at hand and set.</summary>
    public Tool CreateListing() => Create().ProtocolTool;

    /// <summary>
    /// Looks into the method now where no listing was written when it was looked into, and where a parameter has a rule that calls may not be checked
    /// for: that ends a start, and does not wait for a call.
    /// </summary>
    /// <exception cref="NotSupportedException">The schema says what no call would be checked for, or leaves a type out.</exception>
    public void MakeUnlessSure()
    {
        if (!HasListing || method.GetParameters().Any(HasOtherRule))
        {
            _ = Made;
        }
    }

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    ) => Made.InvokeAsync(request, cancellationToken);

    private Tool List()
    {
        var tool = HasListing
            ? JsonSerializer.Deserialize(Read(), PlainValues.InfoOf<Tool>(McpJsonUtilities.DefaultOptions))!
            : Made.ProtocolTool;
        tool.Meta = Meta;
        tool.OutputSchema = HasOutputSchemas ? tool.OutputSchema : null;
        return tool;
    }

    private McpServerTool Make()
    {
        var tool = Create();
        if (HasListing && !IsListingOf(tool.ProtocolTool))
        {
            IsListedOtherwise(services.GetRequiredService<ILogger<PreparedTool>>(), name);
        }

        // Results follow it.
        tool.ProtocolTool.OutputSchema = HasOutputSchemas ? tool.ProtocolTool.OutputSchema : null;
        return tool;
    }

    private bool IsListingOf(Tool tool)
    {
        using var listing = JsonDocument.Parse(Read());
        return JsonElement.DeepEquals(
            listing.RootElement,
            JsonSerializer.SerializeToElement(tool, PlainValues.InfoOf<Tool>(McpJsonUtilities.DefaultOptions))
        );
    }

    private McpServerTool Create()
    {
        var tool = create(services);
        LeanSchemas.Apply(tool);
        return tool;
    }

    private static bool HasOtherRule(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ValidationAttribute))
        && parameter
            .GetCustomAttributes<ValidationAttribute>()
            .Any(rule =>
                rule
                    is not (
                        AllowedValuesAttribute
                        or LengthAttribute
                        or MaxLengthAttribute
                        or MinLengthAttribute
                        or RangeAttribute
                        or StringLengthAttribute
                    )
            );

    private byte[] Read()
    {
        using var listing = Listings!.GetManifestResourceStream(Resource)!;
        var text = new byte[listing.Length];
        listing.ReadExactly(text);
        return text;
    }

    private List<object> Describe()
    {
        List<object> all = [method, .. method.DeclaringType!.GetCustomAttributes(), .. method.GetCustomAttributes()];
        return Default is null || all.Any(Default.GetType().IsInstanceOfType) ? all : [.. all, Default];
    }

    [LoggerMessage(LogLevel.Error, "The tool {Tool} is listed otherwise than its method is: build/listings.sh renews the listings")]
    private static partial void IsListedOtherwise(ILogger logger, string tool);
}
