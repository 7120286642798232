namespace Memory.Database;

/// <summary>
/// Names a text of an entity by one number: the entity's id and the place of the text in it. 0 is its name, 1 its type,
/// everything above an observation, in the order of their coming.
/// </summary>
internal static class TextId
{
    public const int Name = 0;
    public const int Type = 1;
    public const int FirstObservation = 2;

    /// <summary>The bits of a place: a million observations for an entity.</summary>
    private const int Bits = 20;

    public const int LastPlace = (1 << Bits) - 1;

    public static long Of(long entity, int place) => (entity << Bits) | (uint)place;

    public static long EntityOf(long id) => id >> Bits;

    public static int PlaceOf(long id) => (int)(id & LastPlace);

    public static long FirstObservationOf(long entity) => Of(entity, FirstObservation);

    public static long LastObservationOf(long entity) => Of(entity, LastPlace);
}
