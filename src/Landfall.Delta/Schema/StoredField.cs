namespace Landfall.Delta.Schema;

/// <summary>A column, or a field of a struct.</summary>
/// <param name="Name">What readers call it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="PhysicalName">What it is called in files, statistics and partition values.</param>
/// <param name="Id">Its number in files, where the table maps columns; null otherwise.</param>
public sealed record StoredField(string Name, StoredType Type, bool Nullable, string PhysicalName, int? Id);
