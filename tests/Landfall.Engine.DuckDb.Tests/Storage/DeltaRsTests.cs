using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>What another implementation of Delta Lake, which shares no code with ours, makes of our tables.</summary>
public sealed class DeltaRsTests : IDisposable
{
    private const string Program = "delta-rs/delta-rs";

    private static readonly TableSchema Schema = StorageSession.SchemaOf(
        ("id", "bigint"), ("n", "decimal(18,2)"), ("s", "string"), ("t", "timestamp"), ("month", "date"));

    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [SharedFact(Program)]
    public async Task Read_EveryVersionOfAMixedHistory_Agrees()
    {
        for (int i = 0; i < 14; i++)
        {
            await StepAsync(i);
        }

        foreach (long version in new long[] { 0, 5, 10, 13 })
        {
            Snapshot snapshot = (await _session.Delta.TryLoadAsync(version, default))!;
            string scan = DeltaScan.Sql(_session.Table, snapshot.Metadata.Schema, snapshot.Files);
            string[] ours = _session.Rows(
                $"select id, n::varchar, s, epoch_us(t), month::varchar from ({scan}) order by id, n, s, month nulls "
                + "first");

            Assert.Equal(ours, await TheirsAsync(version));
        }
    }

    [SharedFact(Program)]
    public async Task Append_ByTheOther_IsReadByUs()
    {
        await StepAsync(0);
        await RunAsync("append", _session.Table, "--sql", "select id + 1000 as id, n, s, t, month from t");

        Snapshot snapshot = await _session.Delta.LoadAsync(default);
        string scan = DeltaScan.Sql(_session.Table, Schema, snapshot.Files);

        Assert.Equal(1, snapshot.Version);
        Assert.Equal(["8|4012"], _session.Rows($"select count(*), sum(id) from ({scan})"));
        await StepAsync(1);
        Assert.Equal(2, (await _session.Delta.LoadAsync(default)).Version);
    }

    /// <summary>Appends, and from time to time overwrites a month or everything.</summary>
    private async Task StepAsync(int step)
    {
        IReadOnlyList<DataFile> files = _session.Write(
            $"""
            select i + {step * 10} as id, i * 1.25 - 2 as n, case when i = 2 then null else 'ü "{step}"' || i end as s,
              timestamptz '2026-01-31 23:59:59.999999Z' + to_hours(i::int) as t,
              case when i = 3 then null else date '2026-01-01' + to_months((i % 2)::int) end as month
            from range(4) r(i)
            """, Schema, "month", $"step {step}%");
        Snapshot? snapshot = await _session.Delta.TryLoadAsync(null, default);
        Transaction transaction = _session.Delta.Begin(snapshot, "WRITE");
        if (snapshot is null)
        {
            transaction.SetSchema(Schema, ["month"]);
        }
        else if (step % 6 == 5)
        {
            transaction.RemoveAll();
        }
        else if (step % 3 == 2)
        {
            transaction.RemovePartitions(Predicate.Column("month", Comparison.Equal, new DateOnly(2026, 1, 1)));
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(DateTimeOffset.UnixEpoch));
        }

        Assert.IsType<Committed>(await transaction.CommitAsync(default));
    }

    private async Task<string[]> TheirsAsync(long version)
    {
        string answer = await RunAsync(
            "read", _session.Table, "--version", $"{version}", "--sql",
            "select id, cast(n as varchar) as n, s, cast(extract(epoch from t) * 1000000 as bigint) as t, cast(month "
            + "as varchar) as month "
            + "from t order by id, n, s, month nulls first");
        return
        [
            .. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())
                .Select(r => string.Join('|', r.Select(c => c.Value?.ToString() ?? "NULL"))),
        ];
    }

    private static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(SharedFactAttribute.Find(Program)!, arguments)
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
