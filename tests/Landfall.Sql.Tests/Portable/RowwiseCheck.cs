using System.Globalization;

namespace Landfall.Sql.Tests.Portable;

/// <summary>
/// Holds expressions against each other row by row: where DuckDB gives a value Spark gives the same, where it fails
/// Spark fails too. Many are asked in one statement; where one fails, halves are asked, down to the one.
/// </summary>
/// <param name="engines">The engines.</param>
/// <param name="random">Which of the failing rows Spark is asked for.</param>
/// <param name="isNested">
/// Whether a null or a condition may make needless what fails, which one engine computes then and the other does not:
/// rows that fail in one alone do not count.
/// </param>
public sealed class RowwiseCheck(PortableEngines engines, Random random, bool isNested = false)
{
    private const int FailingRowsAsked = 2;

    private const int Batch = 60;
    // Stands for the number of a row, so that a query is compiled once for all of them.
    private const string AnyRow = "987654321";

    private readonly List<string> _differences = [];

    /// <summary>How many values were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>How many rows fail in both.</summary>
    public int Failing { get; private set; }

    /// <summary>Expressions that are refused, with the reason.</summary>
    public List<(string Expression, string Reason)> Refused { get; } = [];

    /// <summary>What differs between the engines over the cases.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(IEnumerable<PortableCase> cases)
    {
        foreach (IGrouping<PortableTable, PortableCase> group in cases.GroupBy(c => c.Table))
        {
            foreach (PortableCase[] batch in group.Chunk(Batch))
            {
                Asked[] asked = [.. Ask(group.Key, Accepted(group.Key, [.. batch.Select(c => c.Expression)]))];
                await CompareAsync(group.Key, asked);
                foreach (Asked one in asked)
                {
                    await CheckFailingAsync(group.Key, one);
                }
            }
        }

        return _differences;
    }

    private sealed record Asked(string Expression, Dictionary<int, object?> Values, int[] Failing)
    {
        /// <summary>The expression where it does not fail.</summary>
        public string Safe => Failing.Length == 0 ? Expression
            : $"case when t.id in ({string.Join(", ", Values.Keys.DefaultIfEmpty(-1))}) then {Expression} end";
    }

    private static string Query(PortableTable table, IEnumerable<string> expressions, bool ofOneRow = false) =>
        "select t.id,\n" + string.Join(",\n", expressions.Select((e, i) => $"{e} as v{i}"))
        + $"\nfrom {table.FullName} as t" + (ofOneRow ? $" where t.id = {AnyRow}" : "");

    // A diagnostic's line tells which expression it is about.
    private List<string> Accepted(PortableTable table, List<string> expressions)
    {
        while (expressions.Count > 0)
        {
            (_, var problems) = engines.Compile(Query(table, expressions));
            if (problems.IsEmpty)
            {
                break;
            }

            int[] lines = [.. problems.Select(p => p.Location.Line).Distinct()];
            if (lines.All(l => l >= 2 && l < expressions.Count + 2))
            {
                foreach (int line in lines.OrderDescending())
                {
                    Refused.Add((expressions[line - 2], problems.First(p => p.Location.Line == line).ToString()));
                    expressions.RemoveAt(line - 2);
                }
            }
            else if (expressions.Count == 1)
            {
                Refused.Add((expressions[0], problems[0].ToString()));
                return [];
            }
            else
            {
                int half = expressions.Count / 2;
                return [.. Accepted(table, expressions[..half]), .. Accepted(table, expressions[half..])];
            }
        }

        return expressions;
    }

    private IEnumerable<Asked> Ask(PortableTable table, List<string> expressions)
    {
        if (expressions.Count == 0)
        {
            return [];
        }

        (CompiledQuery? query, var problems) = engines.Compile(Query(table, expressions));
        if (query is null && expressions.Count == 1)
        {
            Refused.Add((expressions[0], problems[0].ToString()));
            return [];
        }

        if (query is not null && engines.AskDuckDb(query, out _) is { } all)
        {
            return expressions.Select((e, i) => new Asked(e, all.ToDictionary(r => (int)r[0]!, r => r[i + 1]), []));
        }

        int half = expressions.Count / 2;
        return half == 0
            ? [AskByRow(table, expressions[0])]
            : [.. Ask(table, expressions[..half]), .. Ask(table, expressions[half..])];
    }

    private Asked AskByRow(PortableTable table, string expression)
    {
        Dictionary<int, object?> values = [];
        List<int> failing = [];
        CompiledQuery one = engines.Compile(Query(table, [expression], ofOneRow: true)).Query!;
        for (int id = 0; id < table.Rows.Length; id++)
        {
            if (engines.AskDuckDb(OfRow(one, id), out _) is { } rows)
            {
                values[id] = rows[0][1];
            }
            else
            {
                failing.Add(id);
            }
        }

        return new(expression, values, [.. failing]);
    }

    private static CompiledQuery OfRow(CompiledQuery query, int id)
    {
        string row = id.ToString(CultureInfo.InvariantCulture);
        return query with
        {
            DuckDb = query.DuckDb.Replace(AnyRow, row, StringComparison.Ordinal),
            Spark = query.Spark.Replace(AnyRow, row, StringComparison.Ordinal),
        };
    }

    private async Task CompareAsync(PortableTable table, Asked[] asked)
    {
        if (asked.Length == 0)
        {
            return;
        }

        CompiledQuery? compiled = engines.Compile(Query(table, asked.Select(a => a.Safe))).Query;
        (IReadOnlyList<object?[]>? rows, string problem) = compiled is null
            ? (null, "the guarded expression is refused") : await engines.AskSparkAsync(compiled.Spark);
        if (rows is null && asked.Length > 1)
        {
            await CompareAsync(table, asked[..(asked.Length / 2)]);
            await CompareAsync(table, asked[(asked.Length / 2)..]);
        }
        else if (rows is null && isNested && await AskSparkByRowAsync(table,
            asked[0].Expression) is { Count: > 0 } some)
        {
            Compare(table, asked, some);
        }
        else if (rows is null)
        {
            _differences.Add($"{table.Name}: {asked[0].Expression}: Spark fails, DuckDB does not: {Short(problem)}");
        }
        else
        {
            Compare(table, asked, rows);
        }
    }

    private async Task<List<object?[]>> AskSparkByRowAsync(PortableTable table, string expression)
    {
        CompiledQuery query = engines.Compile(Query(table, [expression], ofOneRow: true)).Query!;
        List<object?[]> found = [];
        for (int id = 0; id < table.Rows.Length; id++)
        {
            (IReadOnlyList<object?[]>? rows, _) = await engines.AskSparkAsync(OfRow(query, id).Spark);
            found.AddRange(rows ?? []);
        }

        return found;
    }

    private void Compare(PortableTable table, Asked[] asked, IReadOnlyList<object?[]> rows)
    {
        for (int i = 0; i < asked.Length; i++)
        {
            int column = i + 1;
            string[] different =
            [
                .. rows.Where(r => asked[i].Values.TryGetValue((int)r[0]!, out object? value)
                        && !Answers.Same(value, r[column]))
                    .Select(r =>
                        $"({Answers.Text(table.Rows[(int)r[0]!])}) DuckDB {Show(asked[i].Values[(int)r[0]!])}, "
                        + $"Spark {Show(r[column])}"),
            ];
            Compared += asked[i].Values.Count;
            if (different.Length > 0 || (rows.Count != table.Rows.Length && !isNested))
            {
                _differences.Add($"{table.Name}: {asked[i].Expression}: {different.Length} of {rows.Count} rows: "
                    + string.Join("; ", different.Take(3)));
            }
        }
    }

    private async Task CheckFailingAsync(PortableTable table, Asked asked)
    {
        Failing += asked.Failing.Length;
        int[] some = [.. asked.Failing];
        random.Shuffle(some);
        if (some.Length == 0 || isNested)
        {
            return;
        }

        CompiledQuery query = engines.Compile(Query(table, [asked.Expression], ofOneRow: true)).Query!;
        foreach (int id in some.Take(FailingRowsAsked))
        {
            (IReadOnlyList<object?[]>? rows, _) = await engines.AskSparkAsync(OfRow(query, id).Spark);
            if (rows is not null)
            {
                engines.AskDuckDb(OfRow(query, id), out string problem);
                _differences.Add($"{table.Name}: {asked.Expression}: ({Answers.Text(table.Rows[id])}): Spark gives "
                    + $"{Show(rows[0][1])}, DuckDB fails: {Short(problem)}");
            }
        }
    }

    private static string Show(object? value) => Answers.Text([value]);

    private static string Short(string problem) => problem.Length > 300 ? problem[..300] : problem;
}
