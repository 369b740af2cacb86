using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Writing;

/// <summary>
/// Writes the rows of queries of a session as data files of tables: durable, with statistics, not committed.
/// </summary>
internal interface ISparkOutput
{
    /// <summary>Writes the columns of a schema, cast to their types. No rows, no files.</summary>
    /// <param name="sql">A query that has every column of the schema by name.</param>
    /// <param name="schema">Columns to write.</param>
    /// <param name="tableFolder">Absolute folder of the table.</param>
    /// <param name="stepId">Name of the folder in it that receives the files.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    Task<ImmutableArray<DataFile>> WriteAsync(
        string sql, TableSchema schema, string tableFolder, string stepId, CancellationToken cancellationToken);
}
