using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Engine.Lakes;

/// <summary>
/// A lake on a POSIX file system: <c>ROOT/zone/layer/unit/table</c>, names as SQL has them. Opens Delta tables;
/// holds no state but the engine instance that reads checkpoints. Safe for concurrent use.
/// </summary>
/// <param name="root">Absolute path of the lake.</param>
/// <param name="parquet">Reads and writes checkpoints.</param>
/// <param name="clock">Time of commits.</param>
public sealed class Lake(string root, Func<string, IParquetIo> parquet, TimeProvider clock)
{
    /// <summary>Absolute path of the lake.</summary>
    public string Root { get; } = root;

    /// <summary>Folder of an integration or product in a layer.</summary>
    public string UnitFolder(string zone, LakeLayer layer, string unit) => Path.Combine(
        Root, TableName.SqlName(zone), layer.ToString().ToLowerInvariant(), TableName.SqlName(unit));

    /// <summary>Folder of a table in a layer.</summary>
    public string TableFolder(TableName table, LakeLayer layer) =>
        Path.Combine(UnitFolder(table.Zone, layer, table.Unit), table.Table);

    /// <summary>Opens the Delta table of a folder, which need not exist yet.</summary>
    public DeltaTable Open(string tableFolder) =>
        new(new PosixLogStore(tableFolder), parquet(tableFolder), clock);
}
