using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>Writes what a task computed, and checks the contract's rules on it.</summary>
public static class ComputeOutput
{
    /// <summary>Writes the rows of a select as data files, not committed.</summary>
    /// <param name="connection">A connection that may write the table's folder.</param>
    /// <param name="payload">The request.</param>
    /// <param name="select">The rows; it has every column of the table by name.</param>
    /// <param name="appends">Whether the rows come to those of the table, or replace them.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    /// <param name="warning">What is to be said though nothing failed; null for nothing.</param>
    /// <returns>The task's result.</returns>
    public static BuildResult Write(
        DuckDbConnection connection, ComputePayload payload, string select, bool appends,
        CancellationToken cancellationToken, string? warning = null)
    {
        TableSchema schema = TableSchema.Parse(payload.Schema);
        IReadOnlyList<DataFile> files = DataFileWriter.Write(
            connection, select, schema, payload.TableFolder, payload.StepId, cancellationToken);
        return new()
        {
            Files = [.. files],
            Rows = files.Sum(f => f.Rows),
            Values = [],
            Warnings = warning is null ? [] : [warning],
            Quality = Check(connection, payload, schema, files, appends, cancellationToken),
            NullColumns = [.. payload.Required.Where(c => files.Any(f => f.NullCount(c) > 0))],
        };
    }

    private static ImmutableArray<QualityResult> Check(
        DuckDbConnection connection, ComputePayload payload, TableSchema schema, IReadOnlyList<DataFile> files,
        bool appends, CancellationToken cancellationToken)
    {
        if (payload.Quality.Length == 0)
        {
            return [];
        }

        string fresh = PinnedScan.Sql(payload.TableFolder, schema, files);
        string whole = appends && payload.SelectExisting() is { } existing ? $"{fresh} union all {existing}" : fresh;
        connection.Execute($"create view landfall_result as {whole}", cancellationToken);
        return [.. QualityChecker.Check(connection, "landfall_result", payload.Quality, cancellationToken)];
    }
}
