using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// Computes a product's table: attaches its inputs under their SQL names, finds the affected partitions, writes the
/// data files and checks the contract's rules.
/// </summary>
/// <param name="build">What is built.</param>
internal sealed class TableBuilder(BuildRequest build)
{
    private const string ResultName = "landfall_result";
    private readonly TableSchema _schema = TableSchema.Parse(build.Schema);
    private readonly string _query = build.WidenedQuery ?? build.Query;

    /// <summary>Builds the table.</summary>
    public BuildResult Build(WorkerContext context, CancellationToken cancellationToken)
    {
        // DuckDB asks for the folder above its output too; the kernel lets the worker write the step's folder only.
        using DuckDbConnection connection = context.OpenDuckDb(
            [.. build.Inputs.Select(i => i.Table.Folder), build.TableFolder], [build.TableFolder], keepOrder: false);
        ImmutableArray<string?> values = build.Incremental
            ? AffectedPartitions.Find(connection, ColumnType, build.Inputs, cancellationToken)
            : [];
        Relations.Attach(connection, [.. build.Inputs.Select(i => (i.Table.Name, Filtered(i, values)))]);
        string where = build.Incremental
            ? $" where {AffectedPartitions.Condition(SqlName.DuckDb(build.Column!), ColumnType, values)}" : "";
        string select = SqlCompiler.Compile(
            _query, _schema.Fields.Select(f => (f.Name, f.Type)));
        string guarded = BuiltRows.Guarded($"select * from ({select}){where}", _schema, build.Column);
        IReadOnlyList<DataFile> files = BuiltRows.Named(
            connection, _query, _schema, build.Column,
            () => DataFileWriter.Write(
                connection, guarded, _schema, build.TableFolder, build.StepId, cancellationToken, build.Column),
            cancellationToken);
        return new()
        {
            Files = [.. files],
            Rows = files.Sum(f => f.Rows),
            Values = values,
            Quality = Check(connection, files, values, cancellationToken),
            NullColumns = [.. build.Required.Where(c => files.Any(f => f.NullCount(c) > 0))],
        };
    }

    private string ColumnType => DuckDbTypes.Name(_schema.Fields.Single(f => f.Name == build.Column).Type);

    /// <summary>
    /// A row of an incremental input influences only the values its expression gives, so that rows of other values
    /// need not be read.
    /// </summary>
    private string Filtered(BuildInput input, ImmutableArray<string?> values)
    {
        string select = PinnedScan.Sql(input.Table);
        return build.Incremental && input.Expression is { } expression
            ? $"select * from ({select}) where "
                + AffectedPartitions.Condition(
                    AffectedPartitions.Value(expression, ColumnType), ColumnType, values)
                + MonthRange.Condition(MonthRange.ColumnOf(expression), values)
            : select;
    }

    /// <summary>Rules hold for the table as it would be after the commit: what stays and what is new.</summary>
    private ImmutableArray<QualityResult> Check(
        DuckDbConnection connection, IReadOnlyList<DataFile> files, ImmutableArray<string?> values,
        CancellationToken cancellationToken)
    {
        if (build.Quality.Length == 0)
        {
            return [];
        }

        string fresh = PinnedScan.Sql(build.TableFolder, _schema, files);
        string whole = build.Existing is null
            ? fresh
            : $"{fresh} union all select * from ({PinnedScan.Sql(build.Existing)}) where not "
                + $"({AffectedPartitions.Condition(SqlName.DuckDb(build.Column!), ColumnType, values)})";
        connection.Execute($"create view {ResultName} as {whole}", cancellationToken);
        return [.. QualityChecker.Check(connection, ResultName, build.Quality, cancellationToken)];
    }
}
