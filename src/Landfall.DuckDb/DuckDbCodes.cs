namespace Landfall.DuckDb;

/// <summary>The diagnostic codes of this project.</summary>
internal static class DuckDbCodes
{
    /// <summary>A statement failed.</summary>
    public const string Statement = "LF4100";

    /// <summary>The library is missing or does not load.</summary>
    public const string LibraryMissing = "LF4101";

    /// <summary>The library is of another version.</summary>
    public const string LibraryVersion = "LF4102";

    /// <summary>A database does not open.</summary>
    public const string Open = "LF4103";

    /// <summary>A value has no .NET representation, or a vector is read as another type.</summary>
    public const string Value = "LF4104";

    /// <summary>A streaming result was ended by a later statement of its connection.</summary>
    public const string Superseded = "LF4105";
}
