using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Sql;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// A random estate: an integration in append and snapshot mode, one in upsert mode where there is a database, and a
/// random choice of products, incremental by month and by text and whole, in chains. Its contracts and SQL change from
/// round to round, compatibly or with a new major version.
/// </summary>
internal sealed class RandomEstate
{
    private readonly Random _random;
    private readonly SmallEstate _home;
    private readonly string _rewrites;
    private readonly string[] _products;
    private readonly RandomAccounts? _accounts;
    private readonly Dictionary<string, RandomSelfRead> _selfReads = [];
    private readonly HashSet<string> _refused = [];
    private readonly string _item;
    private int _major = 1;
    private int _minor;
    private int _least;
    private bool _hasExtra;
    private bool _isWide;
    private bool _counts;
    private string _words = "";

    /// <summary>Chooses an estate and writes it.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="home">Where it is written.</param>
    /// <param name="accounts">A database to land rows of; null for none.</param>
    /// <param name="all">Whether it has every product there is.</param>
    public RandomEstate(Random random, SmallEstate home, RandomAccounts? accounts = null, bool all = false)
    {
        _random = random;
        _home = home;
        _accounts = accounts;
        _rewrites = random.Next(3) == 0 ? "append" : "replace";
        _item = random.Next(2) == 0 ? "item" : "nullif(item, '')";
        string[] choice = ["joined", "months", "united", "totals", "distinct_items", "items"];
        _selfReads["near"] = new(random, sameMonth: true);
        _selfReads["far"] = new(random, sameMonth: false);
        _products =
        [
            "by_item", "by_text", .. _selfReads.Keys, .. accounts is null ? (string[])[] : ["regions"],
            .. choice.Where(_ => all || random.Next(3) > 0),
        ];
        WriteHead();
        Write();
        BuildWhatIsRefusedInFull();
    }

    /// <summary>
    /// A query that reads rows of other months may not be built by them; whatever is not refused must equal a full
    /// rebuild, and what stays within its month must not be refused.
    /// </summary>
    private void BuildWhatIsRefusedInFull()
    {
        using (EngineSession session = _home.Open())
        {
            EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
            _refused.UnionWith(_selfReads.Keys.Where(n => analysis.Diagnostics.Any(d =>
                d.Code == SqlCodes.AcrossIncrement
                && d.Location.File.EndsWith($"/{n}.sql", StringComparison.Ordinal))));
        }

        Assert.DoesNotContain("near", _refused);
        Write();
    }

    /// <summary>What it is made of, for a failure's story.</summary>
    public string Story => $"products {string.Join(", ", _products)}; near: {_selfReads["near"].Sql}; "
        + $"far{(_refused.Contains("far") ? " (in full)" : "")}: {_selfReads["far"].Sql}";

    /// <summary>Whether rows of content that was replaced at the source stay.</summary>
    public bool KeepsRewritten => _rewrites == "append";

    /// <summary>One random change of contracts or SQL; says which.</summary>
    public string Change()
    {
        string what;
        switch (_random.Next(5))
        {
            case 0 when !_hasExtra:
                _hasExtra = true;
                _minor++;
                what = "optional column added";
                break;
            case 1:
                _isWide = !_isWide;
                _major++;
                what = "type changed";
                break;
            case 2:
                _counts = !_counts;
                _major++;
                what = "product's column added or removed";
                break;
            case 3:
                _words += "x";
                what = "description changed";
                break;
            default:
                _least = (_least + 1) % 4;
                what = "SQL changed";
                break;
        }

        Write();
        return what;
    }

    private string Version => $"{_major}.{_minor}.0";

    private void WriteHead()
    {
        TestManifests.WriteHead(
            _home.EstateFolder, "{ src: src }", _accounts is null ? "[]" : RandomAccounts.Egress);
        _accounts?.WriteIntegration(_home);
        _home.Write("z/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: z
            title: Z
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [files, postgres], serving: [sql] }
            pools:
              - { id: shared, engine: duckdb, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h,
                  price: { cpuHour: 0.06 }, secrets: [{{(_accounts is null ? "" : RandomAccounts.Secret)}}] }
            roles: []
            """);
        _home.Write("z/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: team
            pool: shared
            quarantineThreshold: 1
            source: { type: files, location: src }
            tables:
              - { name: event, files: "event/*.csv", mode: append, onRewrite: replace }
              - { name: booking, files: "booking/*.csv", mode: append, onRewrite: {{_rewrites}} }
              - { name: item, files: "item/*.csv", mode: snapshot, sourceTime: name }
            """);
    }

    private void Write()
    {
        string qty = _isWide ? "bigint" : "int";
        string extra = _hasExtra ? "\n      - { name: extra, logicalType: string }" : "";
        _home.Write("z/integrations/inbox/contract.odcs.yaml", $$"""
            {{Head("inbox")}}
              - name: event
            {{Events(qty)}}{{extra}}
              - name: booking
            {{Events("int")}}
              - name: item
                properties:
                  - { name: item, logicalType: string, required: true }
                  - { name: name, logicalType: string }
                  - { name: factor, physicalType: int, required: true, description: "{{_words}}." }
            """);
        foreach (string product in _products)
        {
            WriteProduct(product);
        }
    }

    private static string Events(string qty) => $$"""
            properties:
              - { name: id, physicalType: bigint, required: true }
              - { name: sold_at, logicalType: timestamp }
              - { name: item, logicalType: string }
              - { name: qty, physicalType: {{qty}}, required: true }
              - { name: price, logicalType: number, physicalType: "decimal(12,2)" }
        """;

    private string Head(string id) => $"""
        apiVersion: v3.1.0
        kind: DataContract
        id: {id}
        version: {Version}
        status: active
        schema:
        """;

    private void WriteProduct(string name)
    {
        string id = name.Replace('_', '-');
        (string[] columns, string sql, string[] inputs) = Query(name);
        bool whole = inputs.Length == 0 || _refused.Contains(name);
        string incremental = whole ? "" : $"\n    incremental:\n      column: {columns[0].Split(',')[0]}\n"
            + "      inputs:\n" + string.Join('\n', inputs.Select(i => "        " + i));
        _home.Write($"z/products/{id}/product.yaml", $"""
            apiVersion: landfall/v1
            kind: Product
            id: {id}
            title: P
            owner: team
            type: sql
            pool: shared
            tables:
              - name: {name}{incremental}
            """);
        _home.Write($"z/products/{id}/{name}.sql", sql);
        _home.Write($"z/products/{id}/contract.odcs.yaml", $$"""
            {{Head(id)}}
              - name: {{name}}
                description: "Of {{_words}}."
                properties:
            {{string.Join('\n', columns.Select(c => $"      - {{ name: {c} }}"))}}
            """);
    }

    /// <summary>Columns, of which the first is the one to build by, SQL, and incremental inputs.</summary>
    private (string[] Columns, string Sql, string[] Inputs) Query(string name)
    {
        const string Month = "month, logicalType: date";
        const string Item = "item, logicalType: string";
        const string Qty = "qty, physicalType: bigint";
        const string Event = "z.inbox.event: \"@month(sold_at)\"";
        const string Booking = "z.inbox.booking: \"@month(sold_at)\"";
        return name switch
        {
            "by_item" => (
                [Month, Item, Qty, "price, logicalType: number, physicalType: \"decimal(38,2)\"",
                    .. _counts ? (string[])["events, physicalType: bigint"] : [],
                    .. _hasExtra ? (string[])["extras, physicalType: bigint"] : []],
                "select @month(e.sold_at) as month, e.item, sum(e.qty) as qty, sum(e.price) as price"
                + (_counts ? ", count(*) as events" : "") + (_hasExtra ? ", count(e.extra) as extras" : "")
                + $"\nfrom z.inbox.event as e\nwhere e.qty > {_least}\ngroup by @month(e.sold_at), e.item\n",
                [Event]),
            "joined" => (
                [Month, "name, logicalType: string", Qty],
                "select @month(e.sold_at) as month, i.name, sum(e.qty * i.factor) as qty\nfrom z.inbox.event as e\n"
                + "join z.inbox.item as i on i.item = e.item\ngroup by @month(e.sold_at), i.name\n",
                [Event]),
            "months" => (
                [Month, Qty],
                "select b.month, sum(b.qty) as qty\nfrom z.by_item.by_item as b\ngroup by b.month\n",
                ["z.by_item.by_item: month"]),
            "united" => (
                [Month, Qty],
                "with a as (\n    select @month(e.sold_at) as month, e.qty from z.inbox.event as e\n    union all\n"
                + "    select @month(k.sold_at) as month, k.qty from z.inbox.booking as k\n)\n"
                + $"select a.month, sum(a.qty) as qty\nfrom a\nwhere a.qty > {_least}\ngroup by a.month\n",
                [Event, Booking]),
            "by_text" => (
                [Item, Qty],
                "with a as (\n    select nullif(e.item, '') as item, e.qty from z.inbox.event as e\n    union all\n"
                + "    select nullif(k.item, '') as item, k.qty from z.inbox.booking as k\n)\n"
                + "select a.item, sum(a.qty) as qty\nfrom a\ngroup by a.item\n",
                [$"z.inbox.event: \"{_item}\"", $"z.inbox.booking: \"{_item}\""]),
            "items" => (
                [Item, Qty],
                "select b.item, max(b.qty) as qty\nfrom z.by_text.by_text as b\ngroup by b.item\n",
                ["z.by_text.by_text: item"]),
            "regions" => (
                ["region, logicalType: string", Qty, "opened, logicalType: date"],
                "select nullif(a.region, '') as region, sum(a.balance) as qty, max(@month(a.opened)) as opened\n"
                + "from z.crm.account as a\ngroup by nullif(a.region, '')\n",
                ["z.crm.account: region"]),
            "near" or "far" => (
                [Month, Qty],
                _selfReads[name].Sql,
                _selfReads[name].ReadsBookings ? [Event, Booking] : [Event]),
            "totals" => (
                [Item, Qty],
                "select b.item, sum(b.qty) as qty\nfrom z.by_item.by_item as b\ngroup by b.item\n",
                []),
            _ => (
                [Month, "items, physicalType: bigint"],
                "select @month(k.sold_at) as month, count(distinct k.item) as items\nfrom z.inbox.booking as k\n"
                + "where exists (select 1 from z.inbox.item as i where i.item = k.item)\n"
                + "group by @month(k.sold_at)\n",
                [Booking]),
        };
    }
}
