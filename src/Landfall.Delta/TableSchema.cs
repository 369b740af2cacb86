using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Landfall.Delta.Log;
using Landfall.Estate;
using Landfall.Estate.Types;

namespace Landfall.Delta;

/// <summary>The columns of a table in order. Immutable; equality is by value.</summary>
/// <param name="fields">Columns in order.</param>
public sealed class TableSchema(ImmutableArray<SchemaField> fields) : IEquatable<TableSchema>
{
    private static readonly SearchValues<char> ForbiddenInNames = SearchValues.Create(" ,;{}()\n\t=");

    /// <summary>Columns in order.</summary>
    public ImmutableArray<SchemaField> Fields { get; } = fields;

    /// <summary>Reads a Delta schema.</summary>
    /// <exception cref="CorruptTableException">It is no schema.</exception>
    /// <exception cref="UnsupportedTableException">A column has a type that no contract type stands for.</exception>
    public static TableSchema Parse(string json) => SchemaJson.Read(json);

    /// <summary>The schema as the log has it.</summary>
    public string ToJson() => SchemaJson.Write(this);

    /// <summary>Finds a column by its exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out SchemaField? field)
    {
        field = Fields.FirstOrDefault(f => f.Name == name);
        return field is not null;
    }

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) => other is not null && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => Fields.Aggregate(0, HashCode.Combine);

    /// <summary>Throws LF4205 where Delta does not allow the names, or a partition column cannot be one.</summary>
    internal void RequireValid(ImmutableArray<string> partitionColumns)
    {
        string? problem =
            Fields.Length == 0 ? "it has no columns"
            : Fields.FirstOrDefault(f => f.Name.Length == 0 || f.Name.AsSpan().ContainsAny(ForbiddenInNames)) is { } bad
                ? $"column '{bad.Name}' has a character that Delta does not allow in names"
            : Fields.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)
                is { } twice
                ? $"column '{twice.Key}' occurs twice"
            : partitionColumns.FirstOrDefault(p => !TryFind(p, out SchemaField? f) || f.Type.Element is not null
                || f.Type.Fields.Length > 0 || f.Type.Kind == TypeKind.Binary) is { } partition
                ? $"partition column '{partition}' is not a column of a simple type"
            : partitionColumns.Length == Fields.Length ? "every column is a partition column"
            : null;
        if (problem is not null)
        {
            throw new LandfallException(
                "LF4205", $"The schema cannot be a Delta table's: {problem}. Nothing was written.");
        }
    }
}
