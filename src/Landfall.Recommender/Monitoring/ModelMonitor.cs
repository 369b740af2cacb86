using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Registry;

namespace Landfall.Recommender.Monitoring;

/// <summary>
/// Looks at a model in service: how far today's use is from what it was trained on, what it suggests, and what became
/// of that.
/// </summary>
/// <param name="session">The open estate.</param>
/// <param name="product">The product of the model.</param>
public sealed class ModelMonitor(EngineSession session, Product product)
{
    private const double DriftLimit = 0.1;
    private const double UnknownLimit = 0.02;
    private const double FallbackLimit = 0.1;
    private const double CoverageLimit = 0.1;

    private readonly ModelDefinition _model = ModelDetails.Of(product)!.Model;

    /// <summary>Days after which training data is old: beyond the evaluation's horizon nothing was measured.</summary>
    private double AgeLimit => _model.Evaluation.HorizonDays;

    /// <summary>Measures the champion.</summary>
    /// <exception cref="LandfallException"><c>LF4406</c>: there is no champion.</exception>
    public async Task<(ModelVersion Version, ImmutableArray<Signal> Signals)> MeasureAsync(
        CancellationToken cancellationToken)
    {
        RegistryStore store = new(session, product);
        ModelVersion champion = (await store.ReadAsync(cancellationToken)).Find(ModelRegistry.Champion)
            ?? throw new LandfallException(
                "LF4406",
                $"{product.Id} has no champion yet, so there is nothing to watch. See why: "
                + "landfall recommender versions");
        ModelPackage package = store.Load(champion);
        long trained = (long)JsonNode.Parse(champion.Inputs)![Named(_model.Interactions).ToString()]!;
        string? then = await ScanAsync(_model.Interactions, trained, cancellationToken);
        string now = await RequireAsync(_model.Interactions, cancellationToken);
        string suggested = await RequireAsync("recommendation", cancellationToken);
        string served = await RequireAsync("exposure", cancellationToken);

        using DuckDbDatabase database = Databases.Large();
        using DuckDbConnection connection = database.Connect();
        List<Signal> signals = [Age(connection, now, champion, cancellationToken)];
        signals.AddRange(Drifts(connection, then, now, cancellationToken));
        signals.Add(Unknown(connection, now, package, cancellationToken));
        signals.AddRange(Suggestions(connection, suggested, package, cancellationToken));
        signals.AddRange(Served(connection, served, now, cancellationToken));
        return (champion, [.. signals]);
    }

    private static Signal Age(
        DuckDbConnection connection, string now, ModelVersion champion, double limit,
        CancellationToken cancellationToken)
    {
        DateOnly newest = connection.Scalar<DateOnly>($"select max(day) from ({now})", cancellationToken);
        return new(
            "training data age", newest.DayNumber - champion.TrainedThrough.DayNumber, "days", limit,
            "newest use less the last day of the data that the champion learned from");
    }

    private Signal Age(
        DuckDbConnection connection, string now, ModelVersion champion, CancellationToken cancellationToken) =>
        Age(connection, now, champion, AgeLimit, cancellationToken);

    /// <summary>Of the last horizon: all that was ever used hardly moves.</summary>
    private IEnumerable<Signal> Drifts(
        DuckDbConnection connection, string? then, string now, CancellationToken cancellationToken)
    {
        const string Why = "of the last days, against those before training";
        if (then is null)
        {
            return [new("drift", null, "", DriftLimit, "the version of the table it learned from is gone")];
        }

        string by = "service_id";
        (double[] before, double[] today) = Counts(connection, Recent(then), Recent(now), by, cancellationToken);
        string size = "least(services, 20)";
        (double[] small, double[] large) = Counts(
            connection, Sizes(Recent(then)), Sizes(Recent(now)), size, cancellationToken);
        return
        [
            new("service share, PSI", Drift.StabilityIndex(before, today), "", DriftLimit, $"accounts a service {Why}"),
            new("service share, JS", Drift.JensenShannon(before, today), "", DriftLimit, $"accounts a service {Why}"),
            new("basket size, PSI", Drift.StabilityIndex(small, large), "", DriftLimit, $"services an account {Why}"),
            new("basket size, JS", Drift.JensenShannon(small, large), "", DriftLimit, $"services an account {Why}"),
        ];
    }

    private string Recent(string interactions) =>
        $"select distinct account_id, service_id from ({interactions}) "
        + $"where day > (select max(day) from ({interactions})) - {_model.Evaluation.HorizonDays}";

    private static string Sizes(string pairs) => $"select count(*) as services from ({pairs}) group by account_id";

    private static (double[] Before, double[] Now) Counts(
        DuckDbConnection connection, string before, string now, string by, CancellationToken cancellationToken)
    {
        IReadOnlyList<object?[]> rows = connection.Collect(
            "select coalesce(b.n, 0)::double, coalesce(n.n, 0)::double from "
            + $"(select {by} as k, count(*) as n from ({before}) group by all) as b full join "
            + $"(select {by} as k, count(*) as n from ({now}) group by all) as n on b.k = n.k", cancellationToken);
        return ([.. rows.Select(r => (double)r[0]!)], [.. rows.Select(r => (double)r[1]!)]);
    }

    private Signal Unknown(
        DuckDbConnection connection, string now, ModelPackage package, CancellationToken cancellationToken)
    {
        HashSet<string> known = [.. package.Services];
        IReadOnlyList<object?[]> used = connection.Collect(
            $"select service_id, count(*)::double from ({Recent(now)}) group by all", cancellationToken);
        double all = used.Sum(r => (double)r[1]!);
        return new(
            "unknown services", used.Where(r => !known.Contains((string)r[0]!)).Sum(r => (double)r[1]!) / all, "share",
            UnknownLimit, "of what accounts use, what the champion never saw");
    }

    private static IEnumerable<Signal> Suggestions(
        DuckDbConnection connection, string suggested, ModelPackage package, CancellationToken cancellationToken)
    {
        object?[] row = connection.Collect(
            "select count(distinct service_id)::double, avg(case when fallback then 1.0 else 0 end) "
            + $"from ({suggested})", cancellationToken)[0];
        double services = package.Services.Length;
        yield return new(
            "coverage", (double)row[0]! / services, "share", CoverageLimit, "services that anybody is suggested")
        {
            WarnsBelow = true,
        };
        yield return new(
            "fallback", (double?)row[1], "share", FallbackLimit, "suggestions that are there for being popular alone");
    }

    /// <summary>Adopted is what an account first used within the horizon after it was served.</summary>
    private IEnumerable<Signal> Served(
        DuckDbConnection connection, string served, string now, CancellationToken cancellationToken)
    {
        string horizon = _model.Evaluation.HorizonDays.ToString(CultureInfo.InvariantCulture);
        IReadOnlyList<object?[]> rows = connection.Collect(
            "select e.model_version, e.rank, count(*)::double, "
            + "avg(case when f.first > cast(e.served_at as date) "
            + $"and f.first <= cast(e.served_at as date) + {horizon} then 1.0 else 0 end), "
            + "sum(case when e.fallback then 1 else 0 end)::double "
            + $"from ({served}) as e left join (select account_id, service_id, min(day) as first from ({now}) "
            + "group by all) as f on f.account_id = e.account_id and f.service_id = e.service_id "
            + $"where e.arm = 'treated' group by all order by all", cancellationToken);
        double all = rows.Sum(r => (double)r[2]!);
        yield return new("served", all, "suggestions", null, "to accounts that are not held out");
        yield return new(
            "served fallback", all == 0 ? null : rows.Sum(r => (double)r[4]!) / all, "share", FallbackLimit,
            "served suggestions that were there for being popular alone");
        foreach (object?[] row in rows)
        {
            yield return new(
                $"adoption, version {row[0]} rank {row[1]}", (double)row[3]!, "share", null,
                $"of {row[2]} suggestions, first used within {horizon} days");
        }
    }

    private TableName Named(string table) => RegistryStore.NameOf(product, table);

    private async Task<string?> ScanAsync(string table, long? version, CancellationToken cancellationToken) =>
        await session.PinAsync(session.Catalog.Get(Named(table)), version, cancellationToken) is { } pinned
            ? PinnedScan.Sql(pinned)
            : null;

    private async Task<string> RequireAsync(string table, CancellationToken cancellationToken) =>
        await ScanAsync(table, null, cancellationToken) ?? throw new LandfallException(
            "LF4031",
            $"{Named(table)} has no data yet. Bring data to it with: landfall run --select +{product.Id}");
}
