using System.ComponentModel.DataAnnotations;

namespace GitHub.Issues;

/// <summary>What a search of issues and pull requests can be sorted by.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SearchOrderAttribute()
    : AllowedValuesAttribute(
        "comments",
        "reactions",
        "reactions-+1",
        "reactions--1",
        "reactions-smile",
        "reactions-thinking_face",
        "reactions-heart",
        "reactions-tada",
        "interactions",
        "created",
        "updated"
    );
