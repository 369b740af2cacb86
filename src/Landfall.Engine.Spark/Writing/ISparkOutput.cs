using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Writing;

/// <summary>Writes rows as data files of a Delta table: durable, with statistics, not committed.</summary>
internal interface ISparkOutput
{
    /// <summary>
    /// Writes the rows of a select to <c>TABLE/STEP/part-….parquet</c>. A partition column goes to the log instead.
    /// No rows, no files.
    /// </summary>
    /// <param name="sql">A select that has every column of the schema by name, and perhaps more.</param>
    /// <param name="schema">Columns to write; values are cast to their types.</param>
    /// <param name="tableFolder">Absolute folder of the table.</param>
    /// <param name="stepId">Folder of the step, relative to the table's; it exists.</param>
    /// <param name="cancellationToken">Interrupts Spark.</param>
    /// <param name="partitionColumn">The column by whose values files are kept apart; null for none.</param>
    Task<ImmutableArray<DataFile>> WriteAsync(
        string sql, TableSchema schema, string tableFolder, string stepId, CancellationToken cancellationToken,
        string? partitionColumn = null);
}
