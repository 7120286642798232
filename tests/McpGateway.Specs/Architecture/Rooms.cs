using McpGateway.Testing;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace McpGateway.Specs.Architecture;

/// <summary>The folders of a project as its built assembly shows them: which refers to which, and by which types.</summary>
internal sealed class Rooms : IDisposable
{
    private readonly AssemblyDefinition assembly;

    public Rooms(string name)
    {
        Name = name;
        assembly = AssemblyDefinition.ReadAssembly(Path.Combine(FolderOf(name), $"{name}.dll"));
    }

    public string Name { get; }

    /// <summary>The projects of this repository it refers to.</summary>
    public IEnumerable<string> Projects =>
        assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(Known.Contains).Order(StringComparer.Ordinal);

    /// <summary>Types that do not live in the namespace of their project, so that no folder can be told.</summary>
    public IEnumerable<string> Homeless =>
        assembly
            .MainModule.Types.Where(type =>
                !type.Name.StartsWith('<') && type.Name != "Program" && !IsGenerated(type) && FolderOf(type) is null
            )
            .Select(type => type.FullName);

    /// <summary>Every reference from a folder to another one, with an example. What lies beside the folders belongs to no folder.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Edges()
    {
        var edges = new Dictionary<(string, string), string>();
        foreach (var type in assembly.MainModule.GetAllTypes())
        {
            if (FolderOf(type) is not { Length: > 0 } from)
            {
                continue;
            }

            foreach (var used in UsedBy(type).SelectMany(Parts).Select(Resolve).OfType<TypeDefinition>())
            {
                if (FolderOf(used) is { Length: > 0 } to && to != from)
                {
                    edges.TryAdd((from, to), $"{Outermost(type).Name} uses {Outermost(used).Name}");
                }
            }
        }

        return edges;
    }

    public void Dispose() => assembly.Dispose();

    // The specs do not refer to the services.
    private static string FolderOf(string project) =>
        Repository.Services.Any(service => service.Project == project) ? Repository.OutputOf(project) : AppContext.BaseDirectory;

    private static readonly HashSet<string> Known =
    [
        "McpGateway",
        "McpGateway.State",
        "McpGateway.Tools",
        "McpGateway.Upstream",
        "McpGateway.OAuth",
        "McpGateway.Console",
        .. Repository.Services.Select(service => service.Project),
    ];

    // "" beside the folders, null outside of the project's namespace.
    private string? FolderOf(TypeDefinition type)
    {
        var name = Outermost(type).Namespace;
        return name == Name ? ""
            : name.StartsWith($"{Name}.", StringComparison.Ordinal) ? name[(Name.Length + 1)..].Split('.')[0]
            : null;
    }

    private static bool IsGenerated(TypeDefinition type) =>
        type.CustomAttributes.Any(a =>
            a.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute"
        )
        || type.Namespace.StartsWith("Refit", StringComparison.Ordinal)
        || type.Namespace is "System.Text.RegularExpressions.Generated" or "System.Runtime.CompilerServices";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private TypeDefinition? Resolve(TypeReference type) =>
        type.GetElementType() is { } element && element.Scope == assembly.MainModule ? element.Resolve() : null;

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type) =>
        new[] { type.BaseType }
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Concat(type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
            .Concat(type.Fields.Select(f => f.FieldType))
            .Concat(type.Properties.SelectMany(p => p.CustomAttributes).SelectMany(UsedBy))
            .Concat(type.CustomAttributes.SelectMany(UsedBy))
            .Concat(type.Methods.SelectMany(UsedBy));

    private static IEnumerable<TypeReference> UsedBy(MethodDefinition method) =>
        method
            .Parameters.Select(p => p.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.CustomAttributes.SelectMany(UsedBy))
            .Concat(method.Parameters.SelectMany(p => p.CustomAttributes).SelectMany(UsedBy))
            .Concat(method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
            .Concat(method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [])
            .Concat(method.HasBody ? method.Body.Instructions.SelectMany(i => UsedBy(i.Operand)) : []);

    private static IEnumerable<TypeReference> UsedBy(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(a => a.Value).OfType<TypeReference>().Append(attribute.AttributeType);

    private static IEnumerable<TypeReference> UsedBy(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
            MemberReference member => [member.DeclaringType],
            _ => [],
        };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification other => Parts(other.ElementType),
            _ => [type],
        };
}
