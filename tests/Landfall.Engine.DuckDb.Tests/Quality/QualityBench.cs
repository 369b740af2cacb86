using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.DuckDb.Tests.Quality;

/// <summary>A DuckDB with one table <c>t</c>, whose rules a test measures.</summary>
internal sealed class QualityBench : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    /// <summary>Makes the table.</summary>
    /// <param name="columns">Its columns as SQL, for example <c>a integer, b varchar</c>.</param>
    /// <param name="rows">Its rows as SQL, for example <c>(1, 'x')</c>.</param>
    public QualityBench(string columns, params string[] rows)
    {
        _connection = _database.Connect();
        _connection.Execute("set TimeZone = 'UTC'");
        _connection.Execute($"create table t ({columns})");
        if (rows.Length > 0)
        {
            _connection.Execute($"insert into t values {string.Join(", ", rows)}");
        }
    }

    /// <summary>A rule that must be 0 unless it is changed.</summary>
    public static QualityRule Rule(string metric, params ImmutableArray<string> columns) => new()
    {
        Name = "rule",
        Metric = metric,
        Columns = columns,
        Query = "",
        ValidValues = [],
        Pattern = "",
        Operator = "mustBe",
        Value = 0,
        UpperValue = 0,
        Percent = false,
        Severity = Severity.Error,
    };

    /// <summary>An <c>sql</c> rule that must be 0.</summary>
    public static QualityRule Sql(string query) => Rule("sql") with { Query = query };

    /// <summary>What a rule finds.</summary>
    public QualityResult Check(QualityRule rule) =>
        Assert.Single(QualityChecker.Check(_connection, "t", [rule], CancellationToken.None));

    /// <summary>The number that a rule finds.</summary>
    public decimal Measure(QualityRule rule)
    {
        QualityResult result = Check(rule);
        Assert.Equal("", result.Problem);
        return result.Value;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
