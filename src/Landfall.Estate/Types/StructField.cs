namespace Landfall.Estate.Types;

/// <summary>A field of a struct type.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Type">The field's type.</param>
/// <param name="Nullable">Whether the field may be null.</param>
public sealed record StructField(string Name, DataType Type, bool Nullable = true);
