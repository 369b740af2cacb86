using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;

namespace Landfall.Sql.Tests.Portable;

/// <summary>
/// A portable query as each engine gets it: cast to the types that a contract would promise, and to what is compared,
/// so that days and instants are numbers and decimals texts.
/// </summary>
/// <param name="DuckDb">For DuckDB.</param>
/// <param name="Spark">For Spark, over views called as the tables.</param>
/// <param name="Types">The columns' types.</param>
public sealed record CompiledQuery(string DuckDb, string Spark, ImmutableArray<DataType> Types)
{
    /// <summary>Compiles a query, or says why it is refused.</summary>
    /// <param name="fixture">Parses and binds.</param>
    /// <param name="sql">The query.</param>
    /// <param name="tables">The tables there are.</param>
    /// <param name="relations">Their views in Spark.</param>
    public static (CompiledQuery? Query, ImmutableArray<Diagnostic> Problems) Of(
        SqlFixture fixture, string sql, IReadOnlyDictionary<TableName, ContractTable> tables,
        IReadOnlyDictionary<TableName, string> relations)
    {
        SqlAnalysis analysis = fixture.Analyze(sql);
        if (analysis.HasErrors)
        {
            return (null, analysis.Diagnostics);
        }

        SqlBinding binding = SqlBinder.Bind(fixture.FrontEnd, analysis, tables, null);
        if (binding.SparkQuery is not { } spark)
        {
            return (null, [.. binding.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        }

        (string Name, DataType Type)[] columns = [.. binding.Columns.Select(c => (c.Name, TypeOf(c.EngineType)))];
        string duckDb = SqlCompiler.Compile(binding.DuckDbQuery ?? sql, columns);
        string compiled = SqlCompiler.Compile(spark, columns, relations).Text;
        return (new(
            Compared(duckDb, columns, SqlDialect.DuckDb), Compared(compiled, columns, SqlDialect.Spark),
            [.. columns.Select(c => c.Type)]), []);
    }

    private static DataType TypeOf(string engineType)
    {
        string name = engineType switch
        {
            "INTEGER" or "SMALLINT" or "TINYINT" => "int",
            "HUGEINT" => "decimal(38,0)",
            "VARCHAR" => "string",
            "BLOB" => "binary",
            "TIMESTAMP WITH TIME ZONE" => "timestamp",
            "\"NULL\"" => "int",
            _ => engineType.ToLowerInvariant(),
        };
        Assert.True(DataType.TryParse(name, out DataType type), engineType);
        return type;
    }

    private static string Compared(string sql, IEnumerable<(string Name, DataType Type)> columns, SqlDialect dialect)
    {
        IEnumerable<string> shown = columns.Select((c, i) =>
        {
            string name = SqlName.Quote(c.Name, dialect);
            string value = (c.Type.Kind, dialect) switch
            {
                (TypeKind.Date, SqlDialect.DuckDb) => $"date_diff('day', date '1970-01-01', {name})",
                (TypeKind.Date, _) => $"datediff({name}, date '1970-01-01')",
                (TypeKind.Timestamp, SqlDialect.DuckDb) => $"epoch_us({name})",
                (TypeKind.Timestamp, _) => $"unix_micros({name})",
                (TypeKind.Decimal, SqlDialect.DuckDb) => $"cast({name} as varchar)",
                (TypeKind.Decimal, _) => $"cast({name} as string)",
                (TypeKind.Binary, _) => $"hex({name})",
                _ => name,
            };
            return string.Create(CultureInfo.InvariantCulture, $"{value} as c{i}");
        });
        return $"select {string.Join(", ", shown)} from (\n{sql}\n) as compared";
    }
}
