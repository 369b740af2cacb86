using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Estate.Integrations;
using Landfall.Estate.Sources;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost.Dummies;

/// <summary>A kind of source that is no file and no database: its worker makes what it lands.</summary>
public sealed class NumbersSourceKind : ISourceKind
{
    private const string TaskKind = "land-numbers";

    public ISourceManifest Manifest { get; } = new NumbersManifest();

    public IReadOnlyList<IWorkerTask> Tasks { get; } = [new TestTask(TaskKind, (payload, _) =>
    {
        int from = payload.GetProperty("from").GetInt32();
        int to = payload.GetProperty("to").GetInt32();
        string rows = string.Join('\n', Enumerable.Range(from, to - from + 1));
        File.WriteAllText(payload.GetProperty("file").GetString()!, $"n\n{rows}\n");
        return "landed";
    })];

    public LandOutlook Look(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register)
    {
        int count = ((NumbersSource)integration.Source).Count;
        return new(count > LandedOf(register), $"numbers up to {count}");
    }

    public async Task<StepOutcome> LandAsync(IStepHost host, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(host, cancellationToken);
        (int had, int has) = (LandedOf(register), ((NumbersSource)host.Node.Integration!.Source).Count);
        if (had >= has)
        {
            return StepOutcome.Nothing("no new numbers");
        }

        host.Started($"numbers up to {has}");
        string table = host.Node.Integration.Tables.Single().Name;
        long batch = register.LastBatch + 1;
        RawBatch.Clear(host, batch);
        string name = string.Create(CultureInfo.InvariantCulture, $"{has}.csv");
        string folder = RawPaths.FolderOf(host, table, batch);
        string file = Path.Combine(folder, name);
        JsonObject payload = new() { ["from"] = had + 1, ["to"] = has, ["file"] = file };
        await host.RunWorkerAsync(new WorkerTask(TaskKind, payload, [], [folder]), cancellationToken);
        RawBatch.Sync(host, [table]);
        await register.AppendAsync(host, [EntryOf(table, batch, name, file)], cancellationToken);
        return new() { State = StepState.Done, Reason = $"numbers up to {has}", Rows = has - had };
    }

    private static RegisterEntry EntryOf(string table, long batch, string name, string file) => new()
    {
        Batch = batch,
        Table = table,
        File = name,
        Path = RawPaths.Of(table, batch, name),
        Size = new FileInfo(file).Length,
        Modified = 0,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
        SourceTime = 0,
        LandedAt = 0,
    };

    private static int LandedOf(Register register) => register.Entries.Length == 0
        ? 0
        : register.Entries.Max(e => int.Parse(
            Path.GetFileNameWithoutExtension(e.File), CultureInfo.InvariantCulture));
}
