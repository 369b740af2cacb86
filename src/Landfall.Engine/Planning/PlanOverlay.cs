using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate.Integrations;
using Landfall.Estate.Zones;
using Landfall.Posix;

namespace Landfall.Engine.Planning;

/// <summary>
/// A copy of an integration's register and tables made of hard links, in which a plan lands and enriches what is new to
/// see what would change. Log entries and data files are never rewritten, so that the lake itself stays as it is.
/// Removed when disposed, and by the next plan where the process did not live to do so.
/// </summary>
internal sealed class PlanOverlay : IDisposable
{
    private readonly EngineSession _session;
    private readonly LeasedFolder _folder;

    /// <summary>Makes the copy: <c>LAKE/_plan/ID</c>, on the lake's own file system.</summary>
    public PlanOverlay(EngineSession session, Zone zone, Integration integration)
    {
        _session = session;
        _folder = LeasedFolder.Create(Path.Combine(session.Lake.Root, "_plan"));
        Lake = session.LakeAt(_folder.Path);
        string raw = session.Lake.UnitFolder(zone.Id, LakeLayer.Raw, integration.Id);
        Link(Path.Combine(raw, Register.FolderName),
            Path.Combine(Lake.UnitFolder(zone.Id, LakeLayer.Raw, integration.Id), Register.FolderName));
        foreach (IntegrationTable table in integration.Tables)
        {
            Link(Path.Combine(raw, table.Name),
                Path.Combine(Lake.UnitFolder(zone.Id, LakeLayer.Raw, integration.Id), table.Name));
        }

        Link(session.Lake.UnitFolder(zone.Id, LakeLayer.Enriched, integration.Id),
            Lake.UnitFolder(zone.Id, LakeLayer.Enriched, integration.Id));
    }

    /// <summary>The lake that holds the copy.</summary>
    public Lake Lake { get; }

    /// <summary>What a step works with in the copy.</summary>
    public IStepHost HostOf(StepNode node, bool fullRefresh = false) =>
        new PlanHost(_session, Lake, node, fullRefresh);

    /// <summary>What the table of an enrich step lacks of what is landed, as a phrase; null for nothing.</summary>
    public async Task<string?> PendingAsync(StepNode node, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(
            Lake, node.Zone.Id, node.Integration!.Id, cancellationToken);
        EnrichTable table = await EnrichTable.LookAsync(
            Lake, _session.Catalog, node, register, fullRefresh: false, cancellationToken);
        return table.Scope.Files.Length == 0 ? null : $"it is not up to date: {table.Scope.Reason}";
    }

    /// <summary>Derives the table of an enrich step from raw anew, in the copy.</summary>
    public Task DeriveAsync(StepNode node, CancellationToken cancellationToken) =>
        new EnrichStep().ExecuteAsync(HostOf(node, fullRefresh: true), cancellationToken);

    /// <summary>Removes the copy.</summary>
    public void Dispose() => _folder.Dispose();

    private static void Link(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(to);
        foreach (string folder in Directory.EnumerateDirectories(from))
        {
            Link(folder, Path.Combine(to, Path.GetFileName(folder)));
        }

        foreach (string file in Directory.EnumerateFiles(from))
        {
            _ = PosixCalls.Link(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
