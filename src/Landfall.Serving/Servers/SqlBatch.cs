using Npgsql;

namespace Landfall.Serving.Servers;

/// <summary>Statements over an open connection.</summary>
internal static class SqlBatch
{
    /// <summary>Runs statements in order, each on its own.</summary>
    public static async Task RunAsync(
        this NpgsqlConnection connection, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        foreach (string statement in statements)
        {
            await using NpgsqlCommand command = new(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The rows of a query, its columns as .NET values, null for NULL.</summary>
    public static async Task<List<object?[]>> RowsAsync(
        this NpgsqlConnection connection, string query, CancellationToken cancellationToken, params object[] arguments)
    {
        await using NpgsqlCommand command = new(query, connection);
        foreach (object argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            object?[] row = new object?[reader.FieldCount];
            for (int column = 0; column < row.Length; column++)
            {
                row[column] = await reader.IsDBNullAsync(column, cancellationToken) ? null : reader.GetValue(column);
            }

            rows.Add(row);
        }

        return rows;
    }
}
