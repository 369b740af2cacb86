using System.Text.Json;
using Landfall.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Testing.Delta;
using Landfall.Testing.Delta.Simulation;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// The order of calls that the engine's own writers make, data file by data file: what a commit names is durable before
/// the commit is there, and the commit before the next call but those that tidy up. Simulated power cuts show what the
/// order is good for; they write no Parquet.
/// </summary>
public sealed class SyncOrderTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly List<StorageCall> _made = [];

    private string Table => Path.Combine(_folder.Path, "t");

    private string Log => Path.Combine(Table, "_delta_log");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Writer_EachCommit_ComesAfterWhatItNamesIsDurable()
    {
        await WriteAsync(Weakness.None);

        Assert.Empty(Violations());
        Assert.Equal(6, Commits().Count());
        Assert.Contains(_made, c => IsCheckpoint(c));
    }

    [Theory]
    [InlineData(Weakness.NoFileSync)]
    [InlineData(Weakness.NoFolderSync)]
    [InlineData(Weakness.LinksBeforeSync)]
    public async Task Writer_WithAWeakness_IsFoundOut(Weakness weakness)
    {
        await WriteAsync(weakness);

        Assert.NotEmpty(Violations());
        output.WriteLine(Violations().First());
    }

    private Task WriteAsync(Weakness weakness)
    {
        var calls = new WeakCalls(new WatchedCalls(_made.Add), weakness);
        return new IngestWriter(Table, new PosixLogStore(Table, calls), calls)
        {
            Acknowledge = _ => { },
            CheckpointInterval = 2,
            OptimizeInterval = 2,
        }.RunAsync(_database, 4, 20);
    }

    private IEnumerable<StorageCall> Commits() =>
        _made.Where(c => c.Kind == "link" && c.Path.EndsWith(".json", StringComparison.Ordinal));

    private static bool IsCheckpoint(StorageCall call) =>
        call.Kind == "rename" && call.Path.EndsWith(".checkpoint.parquet", StringComparison.Ordinal);

    private IEnumerable<string> Violations()
    {
        foreach (StorageCall commit in Commits())
        {
            int before = Made("fsync", p => p.StartsWith(TemporaryOf(commit), StringComparison.Ordinal), commit.Number);
            if (before == 0)
            {
                yield return $"{commit.Path} gets its name before its content is durable";
            }

            int next = Made("link", _ => true, int.MaxValue, commit.Number);
            if (Made("fsync-folder", p => p == Log, next == 0 ? int.MaxValue : next, commit.Number) == 0)
            {
                yield return $"the name of {commit.Path} is not durable before the next commit";
            }

            foreach (string file in FilesOf(commit.Path).Where(f => !IsDurable(f, commit.Number)))
            {
                yield return $"{commit.Path} names {file}, which is not durable";
            }
        }

        foreach (StorageCall checkpoint in _made.Where(IsCheckpoint))
        {
            if (Made("fsync", p => p.StartsWith(TemporaryOf(checkpoint), StringComparison.Ordinal), checkpoint.Number)
                == 0)
            {
                yield return $"{checkpoint.Path} gets its name before its content is durable";
            }
        }
    }

    /// <summary>The file's content, then its name, and the name of its folder.</summary>
    private bool IsDurable(string file, int until)
    {
        string folder = Path.GetDirectoryName(file)!;
        int content = Made("fsync", p => p == file, until);
        int made = Made("mkdir", p => p == folder, until);
        return content > 0 && made > 0
            && Made("fsync-folder", p => p == folder, until, content) > 0
            && Made("fsync-folder", p => p == Table, until, made) > 0;
    }

    /// <summary>The number of the first such call between two others; 0 without any.</summary>
    private int Made(string kind, Func<string, bool> path, int until, int after = 0) =>
        _made.Find(c => c.Kind == kind && c.Number > after && c.Number < until && path(c.Path))?.Number ?? 0;

    private static string TemporaryOf(StorageCall call) =>
        Path.Combine(Path.GetDirectoryName(call.Path)!, "." + Path.GetFileName(call.Path) + ".");

    private IEnumerable<string> FilesOf(string commit) => File.ReadLines(commit)
        .Select(l => JsonDocument.Parse(l).RootElement)
        .Where(a => a.TryGetProperty("add", out _))
        .Select(a => Path.Combine(Table, a.GetProperty("add").GetProperty("path").GetString()!));
}
