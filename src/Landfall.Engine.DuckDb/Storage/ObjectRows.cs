using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Rows of values as rows that a statement reads.</summary>
/// <param name="rows">The rows; read once.</param>
/// <param name="schema">The type of each value, which is null or of the .NET type of it.</param>
public sealed class ObjectRows(IEnumerable<object?[]> rows, TableSchema schema) : IRowSource
{
    private readonly IEnumerator<object?[]> _rows = rows.GetEnumerator();
    private bool _ended;

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int count = 0;
        while (count < chunk.Capacity && !_ended)
        {
            if (!_rows.MoveNext())
            {
                _ended = true;
                _rows.Dispose();
                break;
            }

            object?[] row = _rows.Current;
            for (int column = 0; column < schema.Fields.Length; column++)
            {
                Set(chunk[column], count, row[column], schema.Fields[column]);
            }

            count++;
        }

        return count;
    }

    /// <summary>Adds rows to a table of the schema's columns, whose database holds them in memory.</summary>
    public static void Append(DuckDbAppender table, IEnumerable<object?[]> rows, TableSchema schema)
    {
        int count = 0;
        foreach (object?[] row in rows)
        {
            for (int column = 0; column < schema.Fields.Length; column++)
            {
                Set(table[column], count, row[column], schema.Fields[column]);
            }

            if (++count == DuckDbAppender.Capacity)
            {
                table.Append(count);
                count = 0;
            }
        }

        if (count > 0)
        {
            table.Append(count);
        }

        table.Complete();
    }

    private static void Set(VectorWriter column, int row, object? value, SchemaField field)
    {
        switch (field.Type.Kind, value)
        {
            case (_, null): column.SetNull(row); break;
            case (TypeKind.String, string text): column.Set(row, text); break;
            case (TypeKind.Boolean, bool flag): column.Set(row, flag); break;
            case (TypeKind.Int, int number): column.Set(row, number); break;
            case (TypeKind.BigInt, long number): column.Set(row, number); break;
            case (TypeKind.Double, double number): column.Set(row, number); break;
            case (TypeKind.Decimal, decimal number): column.Set(row, number); break;
            case (TypeKind.Date, DateOnly day): column.Set(row, day); break;
            case (TypeKind.Timestamp, DateTimeOffset time): column.Set(row, time); break;
            default:
                throw new ArgumentException(
                    $"Column {field.Name} is {field.Type} and is given a {value.GetType().Name}.", nameof(value));
        }
    }
}
