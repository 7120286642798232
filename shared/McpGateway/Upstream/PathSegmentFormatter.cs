using System.Reflection;
using ModelContextProtocol;
using Refit;

namespace McpGateway.Upstream;

/// <summary>
/// Formats URL parameters: booleans in lower case, and no path segment of dots, which would climb out of its place
/// (Refit escapes everything else).
/// </summary>
internal sealed class PathSegmentFormatter : DefaultUrlParameterFormatter
{
    public override string? Format(object? parameterValue, ICustomAttributeProvider attributeProvider, Type type)
    {
        if (parameterValue is bool flag)
        {
            return flag ? "true" : "false";
        }

        var text = base.Format(parameterValue, attributeProvider, type);
        if (attributeProvider is ParameterInfo parameter && IsInPath(parameter) && (string.IsNullOrEmpty(text) || text.Split('/').Any(IsDots)))
        {
            throw new McpException($"{parameter.Name}='{text}' is not an id: give one that is neither empty nor made of dots.");
        }

        return text;
    }

    private static bool IsDots(string segment) => segment is "." or "..";

    private static bool IsInPath(ParameterInfo parameter)
    {
        var path = parameter.Member.GetCustomAttribute<HttpMethodAttribute>()?.Path ?? "";
        var name = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name;
        return path.Contains($"{{{name}}}", StringComparison.OrdinalIgnoreCase) || path.Contains($"{{**{name}}}", StringComparison.OrdinalIgnoreCase);
    }
}
