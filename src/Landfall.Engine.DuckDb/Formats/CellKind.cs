namespace Landfall.Engine.DuckDb.Formats;

/// <summary>What a field of a record holds.</summary>
internal enum CellKind : byte
{
    /// <summary>The record has no such field.</summary>
    Missing,

    /// <summary>A null.</summary>
    Null,

    /// <summary>Text, which lies in the record.</summary>
    Text,

    /// <summary>Text that had escapes, which lies in the rows' own store.</summary>
    Unescaped,

    /// <summary>A quoted text without characters, which stands for null in columns other than text.</summary>
    Empty,
}
