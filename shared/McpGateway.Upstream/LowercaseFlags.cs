using System.Reflection;
using Refit;

namespace McpGateway.Upstream;

/// <summary>Writes flags in URLs as APIs expect them: <c>true</c> and <c>false</c>, where Refit would write <c>True</c>.</summary>
internal sealed class LowercaseFlags : DefaultUrlParameterFormatter
{
    public override string? Format(object? parameterValue, ICustomAttributeProvider attributeProvider, Type type) =>
        parameterValue is bool flag ? (flag ? "true" : "false") : base.Format(parameterValue, attributeProvider, type);
}
