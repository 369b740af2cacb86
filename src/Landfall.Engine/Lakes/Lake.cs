using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Estate;

namespace Landfall.Engine.Lakes;

/// <summary>
/// A lake on a POSIX file system: <c>ROOT/zone/layer/unit/table</c>, names as SQL has them. Opens Delta tables;
/// holds no state but the engine instance that reads and writes small things. Safe for concurrent use.
/// </summary>
/// <param name="root">Absolute path of the lake.</param>
/// <param name="engine">Reads and writes checkpoints and ledgers.</param>
/// <param name="clock">Time of commits.</param>
public sealed class Lake(string root, ILocalEngine engine, TimeProvider clock)
{
    /// <summary>Absolute path of the lake.</summary>
    public string Root { get; } = root;

    /// <summary>Reads and writes checkpoints and ledgers.</summary>
    public ILocalEngine Engine { get; } = engine;

    /// <summary>Time of commits.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Folder of an integration or product in a layer.</summary>
    public string UnitFolder(string zone, LakeLayer layer, string unit) => Path.Combine(
        Root, TableName.SqlName(zone), layer.ToString().ToLowerInvariant(), TableName.SqlName(unit));

    /// <summary>Folder of a table in a layer.</summary>
    public string TableFolder(TableName table, LakeLayer layer) =>
        Path.Combine(UnitFolder(table.Zone, layer, table.Unit), table.Table);

    /// <summary>Some files of a table of the catalogue, read by its contract.</summary>
    public PinnedTable Pin(CatalogTable table, IEnumerable<AddFile> files) => new()
    {
        Name = table.Name,
        Folder = TableFolder(table.Name, table.Layer),
        Schema = ContractSchema.Of(table.Table).ToJson(),
        Files = [.. files.Select(PinnedFile.Of)],
    };

    /// <summary>Opens the Delta table of a folder, which need not exist yet.</summary>
    public DeltaTable Open(string tableFolder) =>
        new(new PosixLogStore(tableFolder), Engine.ParquetOf(tableFolder), Clock);
}
