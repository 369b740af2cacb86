using System.Collections.Immutable;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Recommender.Data;
using Landfall.Recommender.Tasks;

namespace Landfall.Recommender.Tests.Tasks;

public sealed class GramTableTests : IDisposable
{
    private const string Joined = " where isfinite(amount) and amount > 0) "
        + "select a.service_id, b.service_id, count(*) from used a join used b "
        + "on a.account_id = b.account_id and b.service_id >= a.service_id group by all order by all";

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public GramTableTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Build_RandomInteractions_EqualsAJoin()
    {
        Fill("now", seed: 7, rows: 20_000);

        (ImmutableArray<string> services, GramMatrix gram) =
            new GramTable(_connection).Build("from now", CancellationToken.None);

        Assert.Equal(Rows("now"), Rows(services, gram));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Update_WhatChanged_EqualsBuildingAnew(int seed)
    {
        Fill("before", seed, rows: 8_000);
        Random random = new(seed);
        string gone = random.Next(10).ToString(CultureInfo.InvariantCulture);
        _connection.Execute(
            $"create table now as select * from before where account_id not like '%{gone}';"
            + $"insert into now select 'new' || range % 50, 'fresh' || range % 3, date '2026-02-01', 1 from range(200);"
            + "create table changes as (from before except from now) union all (from now except from before)");
        GramTable table = new(_connection);
        (ImmutableArray<string> services, GramMatrix gram) = table.Build("from before", CancellationToken.None);
        table.Stage("stored", services, gram);

        (services, gram) = table.Update(
            "from stored", "from now", "from before", "from changes", CancellationToken.None);

        Assert.Equal(Rows("now"), Rows(services, gram));
        Assert.NotEqual(Rows("before"), Rows(services, gram));
    }

    [Fact]
    public void Build_NoInteractions_IsEmpty()
    {
        Fill("now", seed: 1, rows: 0);

        (ImmutableArray<string> services, GramMatrix gram) =
            new GramTable(_connection).Build("from now", CancellationToken.None);

        Assert.Empty(services);
        Assert.Empty(Rows(services, gram));
    }

    /// <summary>Amounts that are no use: zero, negative, NaN, infinite.</summary>
    private void Fill(string table, int seed, int rows)
    {
        _connection.Execute(
            $"select setseed({seed / 100.0});"
            + $"create table {table} as select 'a' || floor(random() * 400)::int as account_id, "
            + "'s' || floor(pow(random(), 2) * 60)::int as service_id, "
            + "date '2026-01-01' + floor(random() * 20)::int as day, "
            + "case floor(random() * 40)::int when 0 then 'NaN'::double when 1 then 'inf'::double when 2 then 0 "
            + $"when 3 then -1 else random() end as amount from range({rows})");
    }

    private List<(string, string, long)> Rows(string table) =>
    [
        .. _connection.Collect($"with used as (select distinct account_id, service_id from {table}" + Joined)
            .Select(r => ((string)r[0]!, (string)r[1]!, (long)r[2]!)),
    ];

    private static List<(string, string, long)> Rows(ImmutableArray<string> services, GramMatrix gram) =>
    [
        .. from i in Enumerable.Range(0, services.Length)
           from j in Enumerable.Range(i, services.Length - i)
           let accounts = (long)gram.Values[((long)i * gram.Services) + j]
           where accounts != 0
           select (services[i], services[j], accounts),
    ];
}
