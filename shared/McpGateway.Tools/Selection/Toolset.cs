using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>A group of tools that is offered as one.</summary>
public sealed class Toolset
{
    private readonly List<(Type Class, MethodInfo Method)> tools = [];

    internal Toolset(string name, bool isDefault) => (Name, IsDefault) = (name, isDefault);

    internal string Name { get; }

    internal bool IsDefault { get; }

    internal IReadOnlyList<(Type Class, MethodInfo Method)> Tools => tools;

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
                .Select(method => (typeof(TTools), method))
        );
        return this;
    }
}

/// <summary>A second toolset of a tool.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlsoInAttribute(string toolset) : Attribute
{
    public string Toolset => toolset;
}
