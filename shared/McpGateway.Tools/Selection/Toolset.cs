using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>A group of tools that is offered as one.</summary>
public sealed class Toolset
{
    private readonly List<(Func<IServiceProvider, object> MakeClass, MethodInfo Method)> tools = [];

    internal Toolset(string name, bool isDefault) => (Name, IsDefault) = (name, isDefault);

    internal string Name { get; }

    internal bool IsDefault { get; }

    internal IReadOnlyList<(Func<IServiceProvider, object> MakeClass, MethodInfo Method)> Tools => tools;

    /// <summary>Adds the tools of a class: its methods with <see cref="McpServerToolAttribute"/>.</summary>
    public Toolset Add<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicMethods
                | DynamicallyAccessedMemberTypes.NonPublicMethods
                | DynamicallyAccessedMemberTypes.PublicConstructors
        )]
            TTools
    >()
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        tools.AddRange(
            typeof(TTools)
                .GetMethods(Any | BindingFlags.DeclaredOnly)
                .Where(method => method.IsDefined(typeof(McpServerToolAttribute)))
                .Select(method => ((Func<IServiceProvider, object>)Make, method))
        );
        return this;

        static object Make(IServiceProvider services) => ActivatorUtilities.CreateInstance<TTools>(services)!;
    }
}

/// <summary>A second toolset of a tool.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlsoInAttribute(string toolset) : Attribute
{
    public string Toolset => toolset;
}
