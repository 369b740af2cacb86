using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Publishing;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Serving.Access;
using Landfall.Serving.Schemas;
using Landfall.Serving.Servers;
using Landfall.Workers;
using Npgsql;

namespace Landfall.Serving.Publishing;

/// <summary>
/// Publishes into PostgreSQL: a database a zone, a schema a unit. Whatever was changed by hand, in databases, roles,
/// rights or tables, is found and mended by the next publication.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="home">The home, which keeps the publishers' passwords.</param>
public sealed class SqlPublisher(ISqlServer server, LandfallHome home) : IPublisher
{
    private readonly Lock _lock = new();
    private Task<ImmutableArray<string>>? _cluster;

    /// <summary>What publication does inside workers.</summary>
    /// <param name="export">Reads the lake.</param>
    public static IWorkerTask TaskOf(ITableExport export) => new PublishTask(export);

    /// <inheritdoc/>
    public Task<PublicationOutlook> LookAsync(IStepHost host, CancellationToken cancellationToken) =>
        PublishFailure.NameAsync(UnitOf(host), () => ComparedAsync(host, cancellationToken));

    /// <inheritdoc/>
    public Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken) =>
        PublishFailure.NameAsync(UnitOf(host), () => BringAsync(host, cancellationToken));

    private static string UnitOf(IStepHost host) => $"{host.Node.Table.Zone}.{host.Node.Table.Unit}";

    private async Task<PublicationOutlook> ComparedAsync(IStepHost host, CancellationToken cancellationToken)
    {
        if (server.Find() is not { } address)
        {
            return new(WillPublish: true, "the server does not run; what it lacks is known when it does");
        }

        ServedUnit unit = ServedUnit.Of(host.Node);
        ServerSessions sessions = SessionsOf(address);
        await using NpgsqlConnection? connection = await sessions.TryOpenAsync(unit.Zone, cancellationToken);
        if (connection is null)
        {
            return new(WillPublish: true, "first publication");
        }

        (PublicationPlan plan, _) = await PlanAsync(host, unit, connection, cancellationToken);
        if (plan.IsChange)
        {
            return new(WillPublish: true, plan.Reason);
        }

        string[] repairs = await RepairAsync(
            connection, unit, plan.RewritesTexts, looks: true, cancellationToken);
        return repairs.Length > 0 ? new(WillPublish: true, Repaired(repairs)) : new(WillPublish: false, "up to date");
    }

    private async Task<StepOutcome> BringAsync(IStepHost host, CancellationToken cancellationToken)
    {
        ServedUnit unit = ServedUnit.Of(host.Node);
        if (host.Obstacle.Length > 0)
        {
            return await MarkAsync(host, unit, cancellationToken);
        }

        ServerSessions sessions = SessionsOf(await server.EnsureAsync(cancellationToken));
        ImmutableArray<string> repaired = await EnsureClusterAsync(host.Estate, sessions, cancellationToken);
        await using NpgsqlConnection connection = await sessions.OpenAsync(unit.Zone, cancellationToken);
        await PublicationStore.EnsureAsync(connection, cancellationToken);
        (PublicationPlan plan, PublicationScript script) = await PlanAsync(host, unit, connection, cancellationToken);
        StepOutcome? published = plan.IsChange
            ? await PublishAsync(host, sessions, script, plan.Reason, cancellationToken)
            : null;
        string[] repairs = await RepairAsync(
            connection, unit, plan.RewritesTexts && published is null, looks: false, cancellationToken);
        return Outcome(published, repairs, repaired);
    }

    private static async Task<(PublicationPlan Plan, PublicationScript Script)> PlanAsync(
        IStepHost host, ServedUnit unit, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        PublicationState state = await PublicationStore.ReadAsync(connection, unit.Schema, cancellationToken);
        SchemaScript schema = PublicationStore.SchemaOf(connection, unit);
        PublicationPlan plan = await new PublicationPlanner(host, unit, schema).PlanAsync(state, cancellationToken);
        return (plan, new(host, unit, schema, state, plan));
    }

    /// <summary>
    /// What was published stays, and says to who reads it that there should be newer. A server that does not run has no
    /// readers.
    /// </summary>
    private async Task<StepOutcome> MarkAsync(
        IStepHost host, ServedUnit unit, CancellationToken cancellationToken)
    {
        StepOutcome skipped = new() { State = StepState.Skipped, Reason = "a step before it failed" };
        if (server.Find() is not { } address)
        {
            return skipped;
        }

        await using NpgsqlConnection? connection = await SessionsOf(address).TryOpenAsync(
            unit.Zone, cancellationToken);
        return connection is not null
            && await PublicationStore.MarkAsync(connection, unit, host.Obstacle, cancellationToken)
                ? skipped with { Reason = "a step before it failed; what is published stays and says so" }
                : skipped;
    }

    private static StepOutcome Outcome(StepOutcome? published, string[] repairs, ImmutableArray<string> cluster)
    {
        ImmutableArray<string> warnings = [.. cluster, .. repairs];
        return published is not null ? published with { Warnings = warnings }
            : repairs.Length > 0
                ? new() { State = StepState.Done, Reason = Repaired(repairs), Warnings = warnings }
            : StepOutcome.Nothing("up to date") with { Warnings = warnings };
    }

    private static string Repaired(IEnumerable<string> repairs) => $"put right: {string.Join("; ", repairs)}";

    private static async Task<StepOutcome> PublishAsync(
        IStepHost host, ServerSessions sessions, PublicationScript script, string reason,
        CancellationToken cancellationToken)
    {
        await VersionCheck.RequireWholeAsync(host, cancellationToken);
        host.Started(reason);
        PublishPayload payload = script.ToPayload(sessions.Address);
        WorkerTask task = new(
            PublishTask.TaskKind,
            JsonSerializer.SerializeToNode(payload, PublishJson.Default.PublishPayload)!,
            [.. payload.Tables.Select(t => t.Table.Folder).Distinct()], [])
        {
            UsesOwnServer = true,
            Secrets = ImmutableDictionary<string, string>.Empty.Add(
                PublishTask.PasswordSecret, sessions.PasswordOf(host.Node.Zone)),
        };
        PublishResult result = (await host.RunWorkerAsync(task, cancellationToken))
            .Deserialize(PublishJson.Default.PublishResult)!;
        string readers = string.Join(", ", host.Node.Zone.Roles
            .Where(r => host.Node.Reads.Any(t => r.Covers(host.Node.UnitId, t.Table))).Select(r => r.Id));
        await host.AuditAsync(
            [
                .. host.Node.Reads.Select(t => new Engine.Ledgers.AuditEntry(
                    $"{host.Node.Zone.Id}/{host.Node.UnitId}", "publish", t, true,
                    readers.Length == 0 ? "serve: sql; no role reads it" : $"serve: sql; roles {readers}", host.RunId)),
            ],
            cancellationToken);
        return new() { State = StepState.Done, Reason = reason, Rows = result.Rows, Bytes = result.Bytes };
    }

    /// <summary>Brings rights and descriptions in line, or only looks.</summary>
    /// <returns>What is not as it should be, each as a phrase.</returns>
    private static async Task<string[]> RepairAsync(
        NpgsqlConnection connection, ServedUnit unit, bool rewritesTexts, bool looks,
        CancellationToken cancellationToken)
    {
        string[] rights =
        [
            .. await RightsAsync(new(connection, unit.Schema), UnitGrants.Of(unit), looks, cancellationToken),
            .. await RightsAsync(new(connection, PublicationStore.Schema), [], looks, cancellationToken),
        ];

        if (!looks && rewritesTexts)
        {
            await PublicationStore.WriteTextsAsync(connection, unit, mark: "", cancellationToken);
        }

        return [.. rewritesTexts ? ["descriptions were others"] : Array.Empty<string>(), .. rights];
    }

    private static async Task<IEnumerable<string>> RightsAsync(
        GrantReconciler reconciler, ImmutableHashSet<Grant> wanted, bool looks, CancellationToken cancellationToken)
    {
        (ImmutableArray<Grant> missing, ImmutableArray<Grant> extra) = await reconciler.LookAsync(
            wanted, cancellationToken);
        if (!looks && missing.Length + extra.Length > 0)
        {
            await reconciler.ApplyAsync(missing, extra, cancellationToken);
        }

        return [.. missing.Select(g => $"{g} was missing"), .. extra.Select(g => $"{g} was too much")];
    }

    /// <summary>
    /// Databases and roles are brought in line once by a program, not by each of its steps; whose step is the first
    /// reports it.
    /// </summary>
    private async Task<ImmutableArray<string>> EnsureClusterAsync(
        EstateDefinition estate, ServerSessions sessions, CancellationToken cancellationToken)
    {
        bool isFirst;
        Task<ImmutableArray<string>> cluster;
        lock (_lock)
        {
            isFirst = _cluster is null or { IsFaulted: true } or { IsCanceled: true };
            cluster = _cluster = isFirst ? sessions.ClusterOf(estate).RunAsync(cancellationToken) : _cluster!;
        }

        ImmutableArray<string> repaired = await cluster;
        return isFirst ? repaired : [];
    }

    private ServerSessions SessionsOf(ServerAddress address) => new(server, address, home);
}
