using System.Text;
using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;
using Landfall.Sql;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;

namespace Landfall.Engine.Harness;

/// <summary>
/// Analyses the SQL of an estate's products with random changes, and takes it for queries. In a process of its own,
/// because the parser is native: what it crashes on is the number that was printed last.
/// </summary>
internal sealed class SqlFuzz : IDisposable
{
    private static readonly string[] Words =
    [
        "select", "from", "where", "group by", "having", "with recursive", "union all", "(", ")", "((((", ",", ";",
        "'", "\"", "--", "/*", "*/", "$$", "::", "case when", "end", "over (", "exists (", "in (", "lateral", "pivot",
        "null", "cast(", "@month(", "@", "@@", "{", "[1]", "?", "$1", "interval", "date '0000-00-00'", "1e999", "0x",
        "99999999999999999999999999999999999999999", "array[", "struct_pack(", "x -> x", "limit -1", "as", "*",
        "\u0000", "\uFFFD", "é", "𝄞", "insert into", "copy", "pragma", "attach", "read_csv('/etc/passwd')",
    ];

    private readonly DuckDbLocalEngine _engine = new();

    /// <summary>
    /// Prints the number of each input before it is tried, and <c>FINDING number text</c> for what is not a diagnostic.
    /// </summary>
    public static int Run(string folder, int seed, int inputs, bool dies)
    {
        using SqlFuzz fuzz = new();
        EstateDefinition estate = EstateLoader.Load(folder).Readable!;
        EstateCatalog catalog = new(estate);
        (Zone Zone, Product Product, ProductTable Table)[] tables =
        [
            .. estate.Zones.SelectMany(z => z.Products.SelectMany(
                p => p.Tables.Where(t => !t.IsComputed).Select(t => (z, p, t)))),
        ];
        Random random = new TestSeed(seed).Generator();
        TextMutator mutator = new(random, Words);
        for (int i = 0; i < inputs; i++)
        {
            (Zone zone, Product product, ProductTable table) = tables[random.Next(tables.Length)];
            string sql = Encoding.UTF8.GetString(mutator.Mutate(table.Sql));
            Console.Out.WriteLine(i);
            if (dies && i == inputs / 2)
            {
                Environment.FailFast("A parser crashed.");
            }

            Product changed = product with { Tables = [table with { Sql = sql }] };
            if (fuzz.Try(estate with { Zones = [zone with { Products = [changed] }] }, catalog, sql) is { } problem)
            {
                string text = Convert.ToBase64String(Encoding.UTF8.GetBytes(sql));
                Console.Out.WriteLine($"FINDING {i} {table.SqlFile} {problem.ReplaceLineEndings(" ")} {text}");
            }
        }

        Console.Out.WriteLine("END");
        return 0;
    }

    public void Dispose() => _engine.Dispose();

    private string? Try(EstateDefinition estate, EstateCatalog catalog, string sql)
    {
        try
        {
            EstateAnalysis analysis = EstateAnalysis.Of(
                _engine.Sql, ["duckdb"], [], estate, catalog, new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
            HashSet<TableName> names = [.. catalog.Tables.Select(t => t.Name)];
            AdHocAnalysis query = AdHocQuery.Analyze(new SqlParser(_engine.Sql), sql, names);
            return analysis.Diagnostics.Concat(query.Diagnostics).FirstOrDefault(IsStrange)?.ToString();
        }
        catch (LandfallException)
        {
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    /// <summary>A defect of the engine or a place before the text is no message for a person.</summary>
    private static bool IsStrange(Diagnostic diagnostic) =>
        diagnostic.Message.Contains("INTERNAL", StringComparison.Ordinal) || diagnostic.Location.Line < 1
        || diagnostic.Location.Column < 1;
}
