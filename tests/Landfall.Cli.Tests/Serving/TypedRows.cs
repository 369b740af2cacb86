using System.Collections.Immutable;
using static Landfall.Cli.Tests.Serving.TypedValue;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Rows of every type that a contract has, with the values at which drivers go wrong.</summary>
internal static class TypedRows
{
    /// <summary>The columns' names, in the order of the rows.</summary>
    public const string Columns = "id, flag, small, large, ratio, exact, money, words, data, day, moment, tags, place";

    /// <summary>What readers read each column as.</summary>
    public const string Kinds =
        "integer,boolean,integer,integer,double,decimal,decimal,text,bytes,date,timestamp,json,json";

    /// <summary>The contract's properties.</summary>
    public const string Contract = """
                  - { name: id, logicalType: integer, physicalType: int, primaryKey: true, description: Its number. }
                  - { name: flag, logicalType: boolean }
                  - { name: small, logicalType: integer, physicalType: int }
                  - { name: large, logicalType: integer, physicalType: bigint }
                  - { name: ratio, logicalType: number, physicalType: double }
                  - { name: exact, logicalType: number, physicalType: "decimal(38,10)" }
                  - { name: money, logicalType: number, physicalType: "decimal(18,2)" }
                  - { name: words, logicalType: string }
                  - { name: data, logicalType: string, physicalType: binary }
                  - { name: day, logicalType: date }
                  - { name: moment, logicalType: timestamp }
                  - { name: tags, logicalType: array, items: { logicalType: string } }
                  - name: place
                    logicalType: object
                    properties:
                      - { name: city, logicalType: string }
                      - { name: people, logicalType: integer, physicalType: bigint }
                      - { name: ranks, logicalType: array, items: { logicalType: integer, physicalType: int } }
        """;

    private const string TagsType = "varchar[]";
    private const string PlaceType = "struct(city varchar, people bigint, ranks integer[])";

    /// <summary>DuckDB's types of the columns, so that a NULL alone has one.</summary>
    public static readonly ImmutableArray<string> SqlTypes =
    [
        "integer", "boolean", "integer", "bigint", "double", "decimal(38,10)", "decimal(18,2)", "varchar", "blob",
        "date", "timestamptz", TagsType, PlaceType,
    ];

    private const int LongText = 1 << 20;

    /// <summary>The rows.</summary>
    public static readonly ImmutableArray<ImmutableArray<TypedValue>> All =
    [
        Row(1, Boolean(true), int.MaxValue, long.MaxValue, double.MaxValue, "9999999999999999999999999999.9999999999",
            "9999999999999999.99", "plain", [0, 1, 2, 0xFF], "9999-12-31", "9999-12-31 23:59:59.999999",
            "['a', null, '']", """["a",null,""]""",
            "{'city': 'Zürich', 'people': 9007199254740993, 'ranks': [1, null]}",
            """{"city":"Zürich","people":9007199254740993,"ranks":[1,null]}"""),
        Row(2, Boolean(false), int.MinValue, long.MinValue, double.MinValue,
            "-9999999999999999999999999999.9999999999", "-9999999999999999.99", "", [], "0001-01-01",
            "0001-01-01 00:00:00.000000", "[]", "[]", "{'city': null, 'people': null, 'ranks': null}",
            """{"city":null,"people":null,"ranks":null}"""),
        Row(3, Boolean(true), 0, 0, -0.0, "0.0000000000", "0.00", "Ünï çødé 日本語 👩‍👩‍👧 \u200b é",
            "landfall"u8.ToArray(), "1969-12-31", "1969-12-31 23:59:59.999999", "['\"\\']", """["\"\\"]""",
            "{'city': '😀', 'people': -1, 'ranks': []}", """{"city":"😀","people":-1,"ranks":[]}"""),
        Row(4, Boolean(false), -1, -1, double.Epsilon, "0.0000000001", "0.01", "it's \"quoted\" \\ \\n \\x41 %s {x} ?",
            [0x5C, 0x78, 0x30], "1899-12-31", "1899-12-31 00:00:00.000001", "['it''s']", """["it's"]""",
            "{'city': 'a', 'people': 0, 'ranks': [2147483647]}",
            """{"city":"a","people":0,"ranks":[2147483647]}"""),
        Row(5, Boolean(true), 1, 1, 0.1 + 0.2, "-0.0000000001", "-0.01", "line\nfeed\r\ntab\tend ", [.. Every()],
            "2000-02-29", "2000-01-01 00:00:00.000000", "['a,b', '{c}', 'NULL']", """["a,b","{c}","NULL"]""",
            "{'city': 'NULL', 'people': 1, 'ranks': [0]}", """{"city":"NULL","people":1,"ranks":[0]}"""),
        Row(6, Boolean(true), 1, 1, -1.5, "1234567890123456789012345678.0000010000", "10000.00",
            new string('ä', LongText / 2), new byte[LongText], "2026-08-31", "2026-03-29 01:30:00.500000", "['b']",
            """["b"]""", "{'city': 'b', 'people': 1, 'ranks': [0]}", """{"city":"b","people":1,"ranks":[0]}"""),
        [Integer(7), .. Enumerable.Repeat(Null, SqlTypes.Length - 1)],
    ];

    /// <summary>A query of DuckDB that gives the rows.</summary>
    public static string Sql => string.Join(" union all ", All.Select(r =>
        $"select {string.Join(", ", r.Zip(SqlTypes, (v, t) => $"cast({v.Sql} as {t})")
            .Zip(Columns.Split(", "), (v, n) => $"{v} as {n}"))}"));

    private static ImmutableArray<TypedValue> Row(
        int id, TypedValue flag, int small, long large, double ratio, string exact, string money, string words,
        byte[] data, string day, string moment, string tags, string tagsJson, string place, string placeJson) =>
    [
        Integer(id), flag, Integer(small), Integer(large), TypedValue.Double(ratio),
        TypedValue.Decimal(exact, "decimal(38,10)"), TypedValue.Decimal(money, "decimal(18,2)"), Text(words),
        Bytes(data), Date(day), Timestamp(moment), Json(tags, tagsJson), Json(place, placeJson),
    ];

    private static IEnumerable<byte> Every() => Enumerable.Range(0, 256).Select(b => (byte)b);
}
