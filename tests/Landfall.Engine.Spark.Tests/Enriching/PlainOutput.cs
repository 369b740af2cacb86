using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Writing;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Data files as Spark writes them, with neither statistics nor durability.</summary>
internal sealed class PlainOutput(SparkSession session) : ISparkOutput
{
    public async Task<ImmutableArray<DataFile>> WriteAsync(
        string sql, TableSchema schema, string tableFolder, string stepId, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(tableFolder, stepId, Guid.NewGuid().ToString("N"));
        SparkWritten written = await session.WriteAsync(
            new(sql, folder) { Metrics = [new("rows", "count(*)")] }, null, cancellationToken);
        return (long)written.Metrics["rows"]! == 0 ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*.parquet").Select(file => new DataFile
            {
                Path = Path.GetRelativePath(tableFolder, file),
                Size = new FileInfo(file).Length,
                Rows = (long)written.Metrics["rows"]!,
                Statistics = "{}",
            }),
        ];
    }
}
