namespace Landfall.Azure.Policies.Definitions;

/// <summary>How a field is changed.</summary>
internal enum FieldChange
{
    /// <summary>Set where it is not there; a different value is refused.</summary>
    Append,

    /// <summary>Set where it is not there; a different value stays.</summary>
    Add,

    /// <summary>Set, whatever it was.</summary>
    AddOrReplace,

    /// <summary>Taken away.</summary>
    Remove,
}
