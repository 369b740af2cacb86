using System.Collections.Immutable;
using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Statistics;
using Landfall.DuckDb;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Asks DuckDB for what a Parquet file's footer says of its row groups, as statistics of the file.</summary>
internal static class FooterQuery
{
    /// <summary>The footer of a file.</summary>
    /// <exception cref="DuckDbException">The file is missing or no Parquet.</exception>
    public static ParquetFooter Run(
        DuckDbConnection connection, string path, TableSchema columns, CancellationToken cancellationToken)
    {
        long rows = RowsOf(connection, path, cancellationToken);
        var facts = columns.Fields.Where(f => f.Type.Kind is not (TypeKind.Struct or TypeKind.Array)).ToDictionary(
            f => f.Name, f => FactsOf(connection, path, f, cancellationToken), StringComparer.Ordinal);
        return new(rows, StatisticsBuilder.Build(rows, columns, (names, type) =>
            names.Count == 1 && facts.TryGetValue(names[0], out ColumnFacts? of) ? DuckDbText.Plain(of, type) : null));
    }

    /// <summary>The shape of a file.</summary>
    /// <exception cref="DuckDbException">The file is missing or no Parquet.</exception>
    public static ParquetSchema Schema(DuckDbConnection connection, string path, CancellationToken cancellationToken)
    {
        var columns = ImmutableArray.CreateBuilder<ParquetColumn>();
        long inside = 0;

        // The first element is the root; those inside of a group follow it.
        foreach (object?[] row in connection.Collect(
            "select name, coalesce(type, ''), coalesce(repetition_type, '') = 'REPEATED', coalesce(num_children, 0), "
            + "coalesce(converted_type, ''), coalesce(logical_type, ''), coalesce(precision, 0)::int, "
            + $"coalesce(scale, 0)::int from parquet_schema({SqlText.Literal(path)})", cancellationToken).Skip(1))
        {
            long children = (long)row[3]!;
            if (inside == 0)
            {
                columns.Add(new(
                    (string)row[0]!, children > 0 || (bool)row[2]! ? "" : (string)row[1]!, (string)row[4]!,
                    (string)row[5]!, (int)row[6]!, (int)row[7]!));
            }

            inside = Math.Max(inside - 1, 0) + children;
        }

        return new(RowsOf(connection, path, cancellationToken), columns.ToImmutable());
    }

    private static long RowsOf(DuckDbConnection connection, string path, CancellationToken cancellationToken) =>
        connection.Scalar<long>(
            $"select num_rows::bigint from parquet_file_metadata({SqlText.Literal(path)})", cancellationToken);

    /// <summary>
    /// A bound holds for the file where every row group has one or only nulls; columns that are not in it say nothing.
    /// </summary>
    private static ColumnFacts FactsOf(
        DuckDbConnection connection, string path, SchemaField field, CancellationToken cancellationToken)
    {
        string type = DuckDbTypes.Name(field.Type);
        bool isBounded = field.Type.Kind is not (TypeKind.Double or TypeKind.Boolean or TypeKind.Binary);
        string Bound(string which) => isBounded
            ? $"case when bool_and(stats_{which}_value is not null or stats_null_count = num_values) "
              + $"then cast({which}(cast(stats_{which}_value as {type})) as varchar) end"
            : "cast(null as varchar)";
        object?[] row = connection.Collect(
            $"select {Bound("min")}, {Bound("max")}, "
            + "case when bool_and(stats_null_count is not null) then cast(sum(stats_null_count) as varchar) end "
            + $"from parquet_metadata({SqlText.Literal(path)}) where path_in_schema = {SqlText.Literal(field.Name)}",
            cancellationToken).Single();
        return new(
            (string?)row[0], (string?)row[1],
            row[2] is string nulls ? long.Parse(nulls, CultureInfo.InvariantCulture) : null,
            HasNan: field.Type.Kind == TypeKind.Double);
    }
}
