namespace Landfall.Delta.Schema;

/// <summary>How columns are found in files (protocol, "Column Mapping").</summary>
public enum ColumnMapping
{
    /// <summary>By their names.</summary>
    None,

    /// <summary>By names of their own, which the schema gives.</summary>
    Name,

    /// <summary>By numbers, which the schema gives.</summary>
    Id,
}
