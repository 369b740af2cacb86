using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Tests.Storage;
using Landfall.Engine.Maintenance;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Maintenance;

/// <summary>What another implementation of Delta Lake makes of tables that were maintained.</summary>
public sealed class MaintainedByDeltaRsTests : IDisposable
{
    private const string Program = "delta-rs/delta-rs";

    private readonly MaintainedTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _table.Dispose();

    [SharedFact(Program)]
    public async Task Read_OptimizedRestoredVacuumedAndCleaned_Agrees()
    {
        for (int i = 0; i < 12; i++)
        {
            _table.Clock.Offset = TimeSpan.FromHours(-40 * 24 + i);
            await _table.AppendAsync(i * 10, 10, i % 3 == 0 ? null : $"2026-0{i % 3}-01");
        }

        OptimizeResult joined = await _table.Optimizer.RunAsync(new(), None);
        await AssertAgreesAsync(joined.Version);
        await AssertAgreesAsync(5);
        RestoreResult restored = await _table.Restorer.RunAsync(9, new(), None);
        await AssertAgreesAsync(restored.Version);
        _table.Clock.Offset = TimeSpan.FromDays(8);
        VacuumResult vacuumed = await _table.Vacuum.RunAsync(new(), None);
        Assert.NotEqual(0, vacuumed.DeletedFiles);
        await AssertAgreesAsync(vacuumed.Version);

        Age(10);
        Assert.NotEqual(0, await _table.Delta.CleanLogAsync(await _table.Delta.LoadAsync(None), None));
        await AssertAgreesAsync(vacuumed.Version);
        await AssertAgreesAsync(restored.Version);
    }

    /// <summary>Lets log entries up to a version look as old as their commits say they are.</summary>
    private void Age(int version)
    {
        string log = Path.Combine(_table.Folder, "_delta_log");
        string last = $"{version + 1:D20}";
        foreach (string file in Directory.GetFiles(log, "0*")
            .Where(f => string.CompareOrdinal(Path.GetFileName(f), last) < 0))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-40));
        }
    }

    private async Task AssertAgreesAsync(long version)
    {
        Snapshot snapshot = (await _table.Delta.TryLoadAsync(version, None))!;
        string scan = DuckDb.Storage.DeltaScan.Sql(_table.Folder, MaintainedTable.Schema, snapshot.Files);
        string[] ours = _table.Query($"select id, month::varchar, name from ({scan}) order by id");
        string theirs = await ReadAsync(
            version, "select id, cast(month as varchar) as month, name from t order by id");

        Assert.Equal(ours, theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => string.Join('|', JsonNode.Parse(l)!.AsObject().Select(c => c.Value?.ToString() ?? "NULL"))));
    }

    private async Task<string> ReadAsync(long version, string sql)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            SharedFactAttribute.Find(Program)!,
            ["read", _table.Folder, "--version", $"{version}", "--sql", sql])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return answer;
    }
}
