using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Checking;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Damage;

/// <summary>A small table whose files are damaged one at a time, and read as anybody reads it.</summary>
internal sealed class DamagedTable : IDisposable
{
    private static readonly TableSchema Schema = StorageSession.SchemaOf(
        ("id", "bigint"), ("n", "decimal(18,2)"), ("s", "string"), ("t", "timestamp"), ("p", "string"));

    private readonly StorageSession _session = new();

    public string Folder => _session.Table;

    public static async Task<DamagedTable> WriteAsync(int versions)
    {
        var table = new DamagedTable();

        // Damage comes faster than times of files change, by which DuckDB tells whether what it remembers is current.
        table._session.Connection.Execute("set global enable_external_file_cache = false");
        for (int i = 0; i < versions; i++)
        {
            await table._session.CommitAsync(table._session.Write(
                $"""
                select i + {i * 4} as id, i * 1.25 as n, 'text ' || i as s,
                  timestamptz '2026-01-31 23:59:59Z' + to_minutes(i::int * 20) as t, 'p{i % 2}' as p
                from range(4) r(i)
                """, Schema, "p", $"s{i}"), Schema, "p");
        }

        return table;
    }

    public string Log(string name) => Path.Combine(_session.Log, name);

    public string DataFile(Snapshot snapshot) => Path.Combine(Folder, snapshot.Files[0].Path);

    public Task<Snapshot> LoadAsync() => _session.Delta.LoadAsync(default);

    /// <summary>The newest version as text. Its rows are those of the files it names.</summary>
    public async Task<string> SnapshotAsync()
    {
        Snapshot snapshot = await LoadAsync();
        return SnapshotText.Of(snapshot) + string.Join(',', snapshot.Metadata.Schema.Fields);
    }

    /// <summary>The newest version as text, and its rows, through a database of its own: none is remembered.</summary>
    public async Task<string> RowsAsync()
    {
        Snapshot snapshot = await LoadAsync();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        using DuckDbResult result = connection.Query(
            $"select columns(*)::varchar from ({DeltaScan.Sql(Folder, snapshot.Metadata.Schema, snapshot.Files)}) "
            + "order by all");
        return SnapshotText.Of(snapshot) + string.Join('\n', result.Rows().Select(r => string.Join('|', r)));
    }

    /// <summary>Whether the deep check finds an error in a file.</summary>
    public async Task<bool> IsFoundAsync(string file)
    {
        var checker = new TableChecker(Folder, _session.Database, TimeProvider.System);
        string name = Path.GetRelativePath(Folder, file);
        return await checker.CheckAsync(new() { Deep = true }, null, default).AnyAsync(f => f.File == name);
    }

    /// <summary>
    /// Damages a file in each of the ways given, reads the table by a function, and mends the file.
    /// </summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="damages">Ways to make damaged bytes of whole ones.</param>
    /// <param name="read">Reads the table.</param>
    /// <param name="other">Told of damage that reads as something else than the whole table.</param>
    public async Task<DamageTally> SweepAsync(
        string file, IEnumerable<FileDamage> damages, Func<Task<string>> read, Func<FileDamage, Task>? other = null)
    {
        byte[] whole = await File.ReadAllBytesAsync(file);
        string expected = await read();
        var tally = new DamageTally();
        foreach (FileDamage damage in damages)
        {
            await File.WriteAllBytesAsync(file, damage.Apply(whole));
            try
            {
                if (await read() == expected)
                {
                    tally.Same++;
                }
                else
                {
                    tally.Others.Add(damage);
                    await (other?.Invoke(damage) ?? Task.CompletedTask);
                }
            }
            catch (LandfallException e)
            {
                tally.Refused++;
                if (!e.Message.Contains(Path.GetFileName(file), StringComparison.Ordinal))
                {
                    tally.Unnamed.Add($"{damage}: {e.Message}");
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"{damage} of {file} ended in {e}");
            }
        }

        await File.WriteAllBytesAsync(file, whole);
        Assert.Equal(expected, await read());
        return tally;
    }

    public void Dispose() => _session.Dispose();
}
