namespace Coda.Docs;

/// <summary>
/// The id of a doc that this gateway may touch. Only <see cref="DocResolver"/> makes one, and every call on a doc takes
/// one: nothing gets past CODA_ALLOWED_DOCS.
/// </summary>
internal sealed class DocId
{
    internal DocId(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;
}
