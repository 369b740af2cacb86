using System.Collections.Immutable;
using System.Text;
using Landfall.Delta;
using Landfall.Delta.Maintenance;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Writing;

/// <summary>
/// Spark writes below the step's folder; files of a finished write get their final names, are made durable and hashed,
/// and what their footers say becomes their statistics. Spark itself syncs nothing.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="parquetOf">Reads footers of the table in a folder.</param>
/// <param name="context">Told how far Spark is.</param>
internal sealed class SparkOutput(
    SparkSession session, Func<string, IParquetIo> parquetOf, WorkerContext context) : ISparkOutput
{
    private const string Finished = "_SUCCESS";

    /// <inheritdoc/>
    public Task<ImmutableArray<DataFile>> WriteAsync(
        string sql, TableSchema schema, string tableFolder, string stepId, CancellationToken cancellationToken) =>
        WriteAsync(sql, schema, tableFolder, stepId, null, cancellationToken);

    /// <summary>As the other, for a table that is partitioned by a column: its values go to the log instead.</summary>
    /// <param name="sql">A select that has every column of the schema by name, and perhaps more.</param>
    /// <param name="schema">Columns to write; values are cast to their types.</param>
    /// <param name="tableFolder">Absolute folder of the table.</param>
    /// <param name="stepId">Folder of the step, relative to the table's; it exists.</param>
    /// <param name="partitionColumn">The column by whose values files are kept apart; null for none.</param>
    /// <param name="cancellationToken">Interrupts Spark.</param>
    public async Task<ImmutableArray<DataFile>> WriteAsync(
        string sql, TableSchema schema, string tableFolder, string stepId, string? partitionColumn,
        CancellationToken cancellationToken)
    {
        string folder = Path.Combine(tableFolder, stepId);
        string written = Path.Combine(folder, StagingFolder.NewName());
        SparkWrite write = new(WriteStatement.Of(sql, schema, partitionColumn), written)
        {
            PartitionBy = partitionColumn is null ? [] : [WriteStatement.PartitionColumn],
        };
        _ = await session.WriteAsync(write, p => context.Report(0, p.InputBytes, 0), cancellationToken);
        if (!File.Exists(Path.Combine(written, Finished)))
        {
            throw SparkPlace.NotSeenHere(folder);
        }

        TableSchema stored = new([.. schema.Fields.Where(f => f.Name != partitionColumn)]);
        ImmutableArray<DataFile> files =
            await TakeAsync(written, stored, tableFolder, stepId, partitionColumn, cancellationToken);
        DurableFiles.MakeDurable(
            PosixStorageCalls.Instance, files.Select(f => Path.Combine(tableFolder, f.Path)), folder);
        Directory.Delete(written, recursive: true);
        return files;
    }

    private async Task<ImmutableArray<DataFile>> TakeAsync(
        string written, TableSchema stored, string tableFolder, string stepId, string? partitionColumn,
        CancellationToken cancellationToken)
    {
        IParquetIo parquet = parquetOf(tableFolder);
        var files = ImmutableArray.CreateBuilder<DataFile>();
        foreach (string path in Directory.EnumerateFiles(written, "*.parquet", SearchOption.AllDirectories)
            .Where(p => !IsHidden(Path.GetRelativePath(written, p))).Order(StringComparer.Ordinal))
        {
            string name = $"{stepId}/part-{Guid.NewGuid()}.parquet";
            string target = Path.Combine(tableFolder, name);
            PosixStorageCalls.Instance.Rename(path, target);
            ParquetFooter footer = await parquet.ReadFooterAsync(name, stored, cancellationToken);
            if (footer.Rows == 0)
            {
                PosixStorageCalls.Instance.Unlink(target);
                continue;
            }

            files.Add(new()
            {
                Path = name,
                Size = new FileInfo(target).Length,
                Rows = footer.Rows,
                Statistics = footer.Statistics.Json,
                Sha256 = FileTags.HashOf(target),
                PartitionValues = partitionColumn is null
                    ? AddFile.NoPartition
                    : AddFile.NoPartition.Add(partitionColumn, ValueOf(Path.GetDirectoryName(path)!)),
            });
        }

        return files.ToImmutable();
    }

    /// <summary>What a finished write leaves beside its files: checksums, marks, temporary folders.</summary>
    private static bool IsHidden(string relative) => relative.Split('/').Any(
        p => p.StartsWith('.') || (p.StartsWith('_')
            && !p.StartsWith(WriteStatement.PartitionColumn + "=", StringComparison.Ordinal)));

    /// <summary>The value in the name of a folder, <c>COLUMN=DIGITS</c>.</summary>
    private static string? ValueOf(string folder)
    {
        string value = Path.GetFileName(folder)[(WriteStatement.PartitionColumn.Length + 1)..];
        return value == WriteStatement.NullFolder ? null : Encoding.UTF8.GetString(Convert.FromHexString(value));
    }
}
