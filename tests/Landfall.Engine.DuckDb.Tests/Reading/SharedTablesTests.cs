using System.Text.Json;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Reading;
using Landfall.Engine.DuckDb.Tests.Storage;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Tests.Reading;

/// <summary>Tables that other implementations wrote behave as their index says.</summary>
public sealed class SharedTablesTests
{
    private static string Folder => SharedFactAttribute.Find("delta")!;

    [SharedFact("delta/index.json")]
    public async Task Read_EveryTable_GivesItsRowsOrNamesWhatIsWrong()
    {
        using JsonDocument index = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Folder, "index.json")));
        List<string> wrong = [];
        foreach (JsonElement table in index.RootElement.EnumerateArray())
        {
            string name = table.GetProperty("name").GetString()!;
            try
            {
                await CheckAsync(table);
            }
            catch (Exception e) when (e is LandfallException or Xunit.Sdk.XunitException)
            {
                wrong.Add($"{name}: {e.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.True(index.RootElement.GetArrayLength() >= 40);
    }

    private static async Task CheckAsync(JsonElement record)
    {
        string folder = Path.Combine(Folder, record.GetProperty("table").GetString()!);
        using StoredTable table = new(folder, TimeProvider.System);
        if (record.GetProperty("verdict").GetString()!.StartsWith("must-error", StringComparison.Ordinal))
        {
            await Assert.ThrowsAsync<UnsupportedTableException>(() => table.LoadAsync(null, null, default));
            return;
        }

        Snapshot snapshot = await table.LoadAsync(null, null, CancellationToken.None);
        Assert.Equal(record.GetProperty("version").GetInt64(), snapshot.Version);
        Assert.Equal(record.GetProperty("files").GetInt32(), snapshot.Files.Length);
        if (!snapshot.Files.IsEmpty && snapshot.Files.All(f => !File.Exists(Path.Combine(folder, f.Path))))
        {
            // Only the log was kept of some tables.
            CorruptTableException missing = Assert.Throws<CorruptTableException>(
                () => table.Read(snapshot, [], null, CancellationToken.None));
            Assert.Contains(snapshot.Files, f => f.Path == missing.File);
            return;
        }

        using StoredRows rows = table.Read(snapshot, [], null, CancellationToken.None);
        string[] read = CanonicalRows.Of([.. rows.Columns.Select(c => c.Name)], rows.Rows());
        Assert.Equal(record.GetProperty("derivedRows").GetInt64(), read.Length);
        if (record.TryGetProperty("expected", out JsonElement expected))
        {
            Assert.Equal(Expected(Path.Combine(Folder, expected.GetString()!)), read);
        }
    }

    private static string[] Expected(string folder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        using DuckDbResult rows = connection.Query(
            $"select * from read_parquet('{folder}/**/*.parquet', hive_partitioning = false, union_by_name = true)");
        return CanonicalRows.Of([.. rows.Columns.Select(c => c.Name)], rows.Rows());
    }
}
