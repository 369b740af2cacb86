using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Rows of values as a temporary table, which goes with its connection.</summary>
/// <remarks>
/// A table function would stream them, but its name would stay in the database as long as that lives.
/// </remarks>
public static class StagedTable
{
    /// <summary>Makes and fills the table; its database holds the rows in memory.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="schema">The type of each value, which is null or of the .NET type of it.</param>
    /// <param name="rows">The rows; read once.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Fill(
        DuckDbConnection connection, string name, TableSchema schema, IEnumerable<object?[]> rows,
        CancellationToken cancellationToken)
    {
        connection.Execute($"create temp table {name} as {DeltaScan.Sql("", schema, [])}", cancellationToken);
        using DuckDbAppender table = connection.Appender(null, null, name);
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

        table.Append(count);
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
