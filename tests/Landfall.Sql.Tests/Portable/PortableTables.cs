using System.Collections.Immutable;
using Landfall.Testing;

namespace Landfall.Sql.Tests.Portable;

/// <summary>The tables that the cases read, from one seed.</summary>
public sealed class PortableTables
{
    /// <summary>The decimals of <see cref="Decimals"/>: digits and decimals.</summary>
    public static readonly ImmutableArray<(int Precision, int Scale)> DecimalTypes =
    [
        (1, 0), (4, 4), (9, 2), (18, 0), (18, 2), (18, 6), (18, 18), (19, 3), (28, 10), (38, 0), (38, 10), (38, 38),
    ];

    public PortableTables(TestSeed seed)
    {
        Random random = seed.Generator();
        Ints = Pairs("ints", ["a int", "b int"], Edges.Ints, Edges.Ints);
        BigInts = Pairs("bigints", ["a bigint", "b bigint"], Edges.BigInts, Edges.BigInts);
        Doubles = Pairs("doubles", ["x double", "y double"], Edges.FewDoubles, Edges.FewDoubles);
        Zeros = Pairs("zeros", ["x double", "y double"], Edges.Zeros, Edges.Zeros);
        Reals = Rows("reals", ["x double"], Edges.Mixed(Edges.Doubles, 90, random, Edges.Double));
        Texts = Rows("texts", ["s string"], Edges.Mixed(Edges.Texts, 160, random, Edges.Text));
        Parts = Pairs(
            "parts", ["s string", "t string"], [null, "", "a", "hello", "aXbXXc", "a😀b😀c", "e\u0301a", "İI", "a%b",
                "a\\%b",
                "  x ", "a'b", "a,b,,c"], Edges.Parts);
        Positions = Triples(
            "positions", ["s string", "n int", "m int"], [null, "", "a", "hello", "a😀b", "e\u0301a"], Edges.Positions,
            [null, "-2", "-1", "0", "1", "2", "100"]);
        Days = Pairs("days", ["d date", "n int"], Edges.Mixed(Edges.Dates, 40, random, Edges.Date), Edges.Steps);
        DayPairs = Pairs(
            "daypairs", ["d date", "e date"], Edges.Dates, [.. Edges.Dates.Where((_, i) => i % 3 == 0)]);
        Instants = Rows("instants", ["k timestamp"], Edges.Mixed(Edges.Timestamps, 40, random, Edges.Timestamp));
        InstantSteps = Pairs("instantsteps", ["k timestamp", "n bigint"], Edges.Timestamps,
            [null, "-1", "0", "1", "86400", "-86400", "2147483648", "-62135596801", "300000000000"]);
        Decimals = OfDecimals(random);
        Json = Rows("json", ["j string"], JsonTexts.All);
        Patterns = Rows("patterns", ["s string"],
        [
            null, "", "a", "ab", "abc", "aaa", "a\nb", "\n", "a\r\n", "x-1", "foo123bar", "éé", "😀a", "a😀", "A",
            "aXb",
            "  ", "a.b", "{}", "a]b", "a-b", "^", "$", "$a", "a\u0085b", "a\u2028b", "tab\tx", "bc", "xyx",
        ]);
        Groups = OfGroups(random);
        Left = OfJoins("lefts", 16, random);
        Right = OfJoins("rights", 10, random);
        Wide = OfEveryType(random);
    }

    public PortableTable Ints { get; }

    public PortableTable BigInts { get; }

    public PortableTable Doubles { get; }

    public PortableTable Zeros { get; }

    public PortableTable Reals { get; }

    public PortableTable Texts { get; }

    public PortableTable Parts { get; }

    public PortableTable Positions { get; }

    public PortableTable Days { get; }

    public PortableTable DayPairs { get; }

    public PortableTable Instants { get; }

    public PortableTable InstantSteps { get; }

    /// <summary>Columns d0, d1 and so on, of <see cref="DecimalTypes"/>.</summary>
    public PortableTable Decimals { get; }

    public PortableTable Json { get; }

    public PortableTable Patterns { get; }

    /// <summary>Groups g of rows k, for aggregates and windows.</summary>
    public PortableTable Groups { get; }

    public PortableTable Left { get; }

    public PortableTable Right { get; }

    /// <summary>Two columns of every type, for random expressions.</summary>
    public PortableTable Wide { get; }

    /// <summary>All characters, by their numbers; the parts of pairs are none.</summary>
    public PortableTable Letters { get; } = new("letters", ["s string"], [])
    {
        Source = "select cast(i as int) as id, chr(cast(i as int)) as s from range(1, 1114112) as r(i) "
            + "where i not between 55296 and 57343",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<PortableTable> All =>
    [
        Ints, BigInts, Doubles, Zeros, Reals, Texts, Parts, Positions, Days, DayPairs, Instants, InstantSteps,
            Decimals, Json,
        Patterns, Groups, Left, Right, Wide, Letters,
    ];

    private static PortableTable Rows(string name, ImmutableArray<string> columns, ImmutableArray<string?> values) =>
        new(name, columns, [.. values.Select(v => (ImmutableArray<string?>)[v])]);

    private static PortableTable Pairs(
        string name, ImmutableArray<string> columns, ImmutableArray<string?> one, ImmutableArray<string?> other) =>
        new(name, columns, [.. one.SelectMany(a => other.Select(b => (ImmutableArray<string?>)[a, b]))]);

    private static PortableTable Triples(
        string name, ImmutableArray<string> columns, ImmutableArray<string?> one, ImmutableArray<string?> two,
        ImmutableArray<string?> three) => new(
        name, columns,
        [.. one.SelectMany(a => two.SelectMany(b => three.Select(c => (ImmutableArray<string?>)[a, b, c])))]);

    private static PortableTable OfDecimals(Random random)
    {
        ImmutableArray<string?>[] columns =
            [.. DecimalTypes.Select(t => Edges.Mixed(Edges.Decimals(t.Precision, t.Scale, random), 33, random))];
        return Columns(
            "decimals", [.. DecimalTypes.Select((t, i) => $"d{i} decimal({t.Precision},{t.Scale})")], columns);
    }

    private static PortableTable Columns(
        string name, ImmutableArray<string> names, IReadOnlyList<ImmutableArray<string?>> columns) => new(
        name, names,
        [.. Enumerable.Range(0, columns[0].Length).Select(i =>
            (ImmutableArray<string?>)[.. columns.Select(c => c[i])])]);

    // Groups of no row that counts, of one and of several, with nulls among them.
    private static PortableTable OfGroups(Random random)
    {
        string?[] Pick(params string?[] values) => values;
        (string Column, string?[] Values)[] columns =
        [
            ("i int", Pick(null, "1", "2", "3", "-5", "2147483647")),
                ("l bigint", Pick(null, "10", "-3", "4294967296")),
            ("x double", Pick(null, "1.5", "2.5", "-7", "0.1", "1000")),
            ("f double", Pick(null, "nan", "inf", "-inf", "0", "1.5")),
            ("p decimal(18,2)", Pick(null, "1.25", "3.33", "-0.01", "9999999999999999.99")),
            ("w decimal(38,3)", Pick(null, "99999999999999999999999999999999.999", "-1.5", "2.250")),
            ("s string", Pick(null, "", "a", "b", "é", "Z", "aa")), ("d date", Pick(null, "0001-01-01", "2024-02-29")),
            ("t timestamp", Pick(null, "1969-12-31 23:59:59.999999", "2024-02-29 00:00:00")),
            ("o boolean", Pick(null, "true", "false")),
        ];
        List<ImmutableArray<string?>> rows = [];
        (string? Group, int Size)[] sizes = [(null, 4), ("1", 1), ("2", 1), ("3", 6), ("4", 11), ("5", 3), ("6", 8)];
        foreach ((string? group, int size) in sizes)
        {
            for (int k = 0; k < size; k++)
            {
                string?[] row = [.. columns.Select(c => c.Values[random.Next(c.Values.Length)])];
                rows.Add([group, k == 5 ? null : $"{k}", .. group is "1" or "5" ? new string?[columns.Length] : row]);
            }
        }

        return new("groups", ["g int", "k int", .. columns.Select(c => c.Column)], [.. rows]);
    }

    private static PortableTable OfJoins(string name, int count, Random random) => Columns(
        name, ["k int", "i int", "x double", "s string", "p decimal(9,2)", "d date"],
        [
            [.. Enumerable.Range(0, count).Select(i => $"{i}")],
            Edges.Mixed([null, "1", "2", "3", "-1"], count, random),
                Edges.Mixed([null, "nan", "0", "1.5", "2"], count, random),
            Edges.Mixed([null, "", "a", "A", "é", "e\u0301"], count, random),
                Edges.Mixed([null, "1.10", "1.00"], count, random),
            Edges.Mixed([null, "2024-02-29", "1582-10-10"], count, random),
        ]);

    private static PortableTable OfEveryType(Random random)
    {
        const int Count = 60;
        List<string> names = [];
        List<ImmutableArray<string?>> columns = [];
        foreach (string suffix in new[] { "1", "2" })
        {
            void Add(string column, ImmutableArray<string?> edges, Func<Random, string>? other = null)
            {
                names.Add(column.Replace(" ", suffix + " ", StringComparison.Ordinal));
                columns.Add(Edges.Mixed(edges, Count, random, other));
            }

            Add("o boolean", [null, "true", "false"]);
            Add("i int", Edges.Ints, r => $"{r.Next(-1000, 1000)}");
            Add("l bigint", Edges.BigInts, r => $"{r.NextInt64(-100_000_000_000, 100_000_000_000)}");
            Add("x double", Edges.Doubles, Edges.Double);
            Add("p decimal(18,2)", Edges.Decimals(18, 2, random));
            Add("q decimal(28,6)", Edges.Decimals(28, 6, random));
            Add("s string", Edges.Texts, Edges.Text);
            Add("d date", Edges.Dates, Edges.Date);
            Add("k timestamp", Edges.Timestamps, Edges.Timestamp);
        }

        return Columns("wide", [.. names], columns);
    }
}
