using Npgsql;
using NpgsqlTypes;

namespace Relecloud.Sources.Database;

/// <summary>Writes rows to a table: by COPY beside it, then as one insert that replaces rows of the same key.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Columns">All columns, the key first, in the order the values are given.</param>
/// <param name="Types">Their types.</param>
internal sealed record TableCopy(string Table, string[] Columns, NpgsqlDbType[] Types)
{
    public async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        string stage = "stage_" + Table.Replace('.', '_');
        string columns = string.Join(", ", Columns);
        await ExecuteAsync(
            connection, $"create temporary table {stage} (like {Table}) on commit drop", cancellationToken);
        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"copy {stage} ({columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (object?[] row in rows)
            {
                await WriteRowAsync(copy, row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        string sets = string.Join(", ", Columns[1..].Select(c => $"{c} = excluded.{c}"));
        await ExecuteAsync(
            connection,
            $"insert into {Table} ({columns}) select {columns} from {stage} order by {Columns[0]} "
            + $"on conflict ({Columns[0]}) do update set {sets}",
            cancellationToken);
    }

    private async Task WriteRowAsync(NpgsqlBinaryImporter copy, object?[] row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value)
            {
                await copy.WriteAsync(value, Types[i], cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }
        }
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
