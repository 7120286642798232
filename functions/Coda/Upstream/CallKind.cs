namespace Coda.Upstream;

/// <summary>Coda's rate limit classes: https://coda.io/developers/apis/v1#section/Rate-Limiting.</summary>
internal enum CallKind
{
    Read,
    Write,
    ContentWrite,
    DocList,
    Analytics,
}
