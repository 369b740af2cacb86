using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Reading;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Reading;

/// <summary>A table whose log and files a test writes itself, as another writer would.</summary>
internal sealed class HandMadeTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    public HandMadeTable() => Directory.CreateDirectory(Path.Combine(Folder, "_delta_log"));

    public string Folder => Path.Combine(_folder.Path, "a table");

    /// <summary>Writes a data file from a query.</summary>
    public void File(string path, string select, string options = "")
    {
        string target = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using DuckDbConnection connection = _database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        connection.Execute($"copy ({select}) to '{target.Replace("'", "''", StringComparison.Ordinal)}' "
            + $"(format parquet{options})");
    }

    public void Commit(long version, params string[] actions) => System.IO.File.WriteAllLines(
        Path.Combine(Folder, "_delta_log", $"{version:D20}.json"), actions);

    public static string Protocol(params string[] features)
    {
        JsonArray Names() => [.. features.Select(f => (JsonNode)f)];
        return new JsonObject
        {
            ["protocol"] = features.Length == 0
                ? new JsonObject { ["minReaderVersion"] = 1, ["minWriterVersion"] = 2 }
                : new JsonObject
                {
                    ["minReaderVersion"] = 3, ["minWriterVersion"] = 7, ["readerFeatures"] = Names(),
                    ["writerFeatures"] = Names(),
                },
        }.ToJsonString();
    }

    public static string Metadata(string fields, string partitions = "", string configuration = "") => new JsonObject
    {
        ["metaData"] = new JsonObject
        {
            ["id"] = "t",
            ["format"] = new JsonObject { ["provider"] = "parquet" },
            ["schemaString"] = $"{{\"type\":\"struct\",\"fields\":[{fields}]}}",
            ["partitionColumns"] = JsonNode.Parse($"[{partitions}]"),
            ["configuration"] = JsonNode.Parse($"{{{configuration}}}"),
        },
    }.ToJsonString();

    public static string Field(string name, string type, string metadata = "") =>
        $"{{\"name\":\"{name}\",\"type\":{type},\"nullable\":true,\"metadata\":{{{metadata}}}}}";

    public static string Mapped(string name, string type, int id, string physical) => Field(
        name, type, $"\"delta.columnMapping.id\":{id},\"delta.columnMapping.physicalName\":\"{physical}\"");

    public static string Add(string path, string partitions = "", string more = "") =>
        $"{{\"add\":{{\"path\":\"{path}\",\"size\":1,\"partitionValues\":{{{partitions}}},"
        + $"\"modificationTime\":1,\"dataChange\":true{more}}}}}";

    /// <summary>The newest version's rows as texts.</summary>
    public async Task<string[]> ReadAsync(params string[] columns)
    {
        using StoredTable table = new(Folder, TimeProvider.System);
        Snapshot snapshot = await table.LoadAsync(null, null, CancellationToken.None);
        using StoredRows rows = table.Read(snapshot, columns, null, CancellationToken.None);
        return CanonicalRows.Of([.. rows.Columns.Select(c => c.Name)], rows.Rows());
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}
