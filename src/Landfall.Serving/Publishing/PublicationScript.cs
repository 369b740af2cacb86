using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Serving.Access;
using Landfall.Serving.Schemas;
using Landfall.Serving.Servers;

namespace Landfall.Serving.Publishing;

/// <summary>
/// Writes a publication as a transaction. Rows of a schema that stays are deleted and copied, which blocks no reader; a
/// schema whose structure changes is filled beside the old one and takes its name.
/// </summary>
/// <param name="host">The step.</param>
/// <param name="unit">The unit.</param>
/// <param name="schema">Its statements at this server.</param>
/// <param name="state">What is published.</param>
/// <param name="plan">What has to be done.</param>
internal sealed class PublicationScript(
    IStepHost host, ServedUnit unit, SchemaScript schema, PublicationState state, PublicationPlan plan)
{
    private bool Rebuilds => plan.Rebuilds.Length > 0;

    /// <summary>Where rows are copied to.</summary>
    private string Target => Rebuilds ? unit.Schema + PublicationStore.NextSuffix : unit.Schema;

    private string Former => unit.Schema + PublicationStore.FormerSuffix + host.StepId;

    /// <summary>The transaction for a worker.</summary>
    public PublishPayload ToPayload(ServerAddress address) => new()
    {
        Address = address,
        Database = unit.Zone.SqlName,
        User = RoleNames.PublisherOf(unit.Zone.Id),
        Unit = $"{unit.Zone.SqlName}.{unit.Schema}",
        Guard = $"select coalesce((select step from landfall.publication where unit = {Unit}), '')",
        Expected = state.Step,
        Before = Rebuilds ? Begin() : [.. Changes.Where(t => t.Removes).Select(Delete)],
        Tables = [.. (Rebuilds ? plan.Tables : Changes).Where(t => !t.Files.IsEmpty).Select(RowsOf)],
        After = [.. Rebuilds ? Swap() : [], .. Texts(), .. Record()],
        Former = [.. state.Leftovers, .. Rebuilds && state.HasSchema ? [Former] : Array.Empty<string>()],
    };

    private string Unit => PgSql.Text(unit.Schema);

    private ImmutableArray<TablePublication> Changes => [.. plan.Tables.Where(t => t.IsChange)];

    private ImmutableArray<string> Begin() =>
    [
        $"drop schema if exists {PgSql.Name(Target)} cascade",
        .. schema.Tables(Target),
    ];

    private IEnumerable<string> Swap() =>
    [
        .. schema.Keys(Target),
        .. unit.Tables.Select(t => $"analyze {PgSql.Name(Target, t.Name.Table)}"),
        .. UnitGrants.Of(unit).OrderBy(g => g.ToString(), StringComparer.Ordinal).Select(g => g.GiveIn(Target)),
        .. state.HasSchema
            ? [$"alter schema {PgSql.Name(unit.Schema)} rename to {PgSql.Name(Former)}"]
            : Array.Empty<string>(),
        $"alter schema {PgSql.Name(Target)} rename to {PgSql.Name(unit.Schema)}",
    ];

    private IEnumerable<string> Texts() => Rebuilds || plan.RewritesTexts ? schema.Comments(unit.Schema) : [];

    private string Delete(TablePublication table)
    {
        string delete = $"delete from {PgSql.Name(Target, table.Table.Name.Table)}";
        if (table.Values.IsEmpty)
        {
            return delete;
        }

        string column = PgSql.Name(table.Table.Partition!);
        string[] known = [.. table.Values.OfType<string>().Select(PgSql.Text)];
        List<string> conditions = known.Length == 0 ? [] : [$"{column} in ({string.Join(", ", known)})"];
        if (table.Values.Contains(null))
        {
            conditions.Add($"{column} is null");
        }

        return $"{delete} where {string.Join(" or ", conditions)}";
    }

    private PublishedRows RowsOf(TablePublication table)
    {
        CatalogTable entry = host.Catalog.Get(table.Table.Name) with { Table = table.Table.Contract };
        PinnedTable pinned = host.Lake.Pin(entry, []) with { Files = table.Files };

        // Nobody sees the rows of a new schema before its transaction ends: they need not be frozen later.
        string options = Rebuilds ? "format binary, freeze" : "format binary";
        return new(
            pinned,
            $"copy {PgSql.Name(Target, table.Table.Name.Table)} "
                + $"({PgSql.Names(table.Table.Contract.Columns.Select(c => c.Name))}) from stdin ({options})",
            table.Rows);
    }

    private IEnumerable<string> Record() =>
    [
        $"""
        insert into landfall.publication (unit, structure, texts, shape, words, step) values
            ({Unit}, {PgSql.Text(schema.Structure)}, {PgSql.Text(schema.Texts)},
            {PublicationStore.ShapeOf(unit.Schema)}, {PublicationStore.WordsOf(unit.Schema)},
            {PgSql.Text(host.StepId)})
        on conflict (unit) do update set structure = excluded.structure, texts = excluded.texts,
            shape = excluded.shape, words = excluded.words, mark = '', step = excluded.step, published_at = now()
        """,
        $"delete from landfall.published_table where unit = {Unit}",
        .. plan.Tables.Select(t => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            insert into landfall.published_table (unit, name, relation, delta_id, version) values
                ({Unit}, {PgSql.Text(t.Table.Name.Table)},
                {PgSql.Text(PgSql.Name(unit.Schema, t.Table.Name.Table))}::regclass::oid,
                {PgSql.Text(t.DeltaId)}, {t.Version})
            """)),
    ];
}
