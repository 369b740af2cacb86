using System.Security.Cryptography;
using System.Text;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Reads a table all the while that writers race on it. I2: what it sees is the result of whole commits. I3: versions
/// never go back, and one that was seen is the same ever after, however it is read: from the version before, from the
/// log as it stands, or as an old version.
/// </summary>
internal sealed class RaceReader(string table, DuckDbDatabase database, Random random)
{
    private const int ViolationsMax = 5;

    private readonly DeltaTable _delta =
        new(new PosixLogStore(table), new DuckDbParquetIo(database, table), TimeProvider.System);

    private readonly SortedList<long, string> _seen = [];

    public List<string> Violations { get; } = [];

    /// <summary>Versions that were looked at, those seen again included.</summary>
    public int Looks { get; private set; }

    /// <summary>Versions that were seen.</summary>
    public int Versions => _seen.Count;

    public async Task RunAsync(Task writers)
    {
        Snapshot? latest = null;
        for (int turn = 0; !writers.IsCompleted && Violations.Count < ViolationsMax; turn++)
        {
            try
            {
                latest = await LookAsync(latest, turn);
            }
            catch (LandfallException e)
            {
                Violations.Add($"I3: after version {latest?.Version} a reader fails: {e.Message}");
            }

            // A reader that never rests would take the machine from the writers whom it is to watch.
            await Task.Delay(5);
        }
    }

    private async Task<Snapshot?> LookAsync(Snapshot? latest, int turn)
    {
        Snapshot? next = latest is null || turn % 20 == 0
            ? await _delta.TryLoadAsync(null, CancellationToken.None)
            : await _delta.UpdateAsync(latest, CancellationToken.None);
        if (next is null)
        {
            return null;
        }

        if (next.Version < latest?.Version)
        {
            Violations.Add($"I3: version {latest.Version} was seen, then {next.Version}");
        }

        Check(next);
        if (turn % 50 == 49)
        {
            long old = _seen.Keys[random.Next(_seen.Count)];
            Check((await _delta.TryLoadAsync(old, CancellationToken.None))!);
        }

        return next;
    }

    private void Check(Snapshot snapshot)
    {
        Looks++;
        if (RaceCommit.Problem(snapshot) is { } problem)
        {
            Violations.Add($"I2: version {snapshot.Version} is not whole: {problem}");
        }

        string content = ContentOf(snapshot);
        if (!_seen.TryAdd(snapshot.Version, content) && _seen[snapshot.Version] != content)
        {
            Violations.Add($"I3: version {snapshot.Version} is not what it was when it was seen first");
        }
    }

    private static string ContentOf(Snapshot snapshot) => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes(SnapshotText.WithoutTombstones(snapshot))));
}
