using Landfall.Delta;
using Landfall.Estate;
using static Landfall.Engine.DuckDb.Tests.Reading.HandMadeTable;

namespace Landfall.Engine.DuckDb.Tests.Reading;

/// <summary>Each feature by itself, in tables made by hand.</summary>
public sealed class StoredTableTests : IDisposable
{
    private const string Struct = """{"type":"struct","fields":[""";

    private readonly HandMadeTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Read_MappedByName_NestedNamesAreThoseOfTheSchema()
    {
        _table.File("f.parquet", "select 1::bigint as c1, {'x1': 2::int, 'x2': [{'y1': 'a'}]} as c2 "
            + "union all select 3, null");
        _table.Commit(
            0, Protocol("columnMapping"), Metadata(
                Mapped("id", "\"long\"", 1, "c1") + ","
                + Mapped("s", Struct + Mapped("a", "\"integer\"", 3, "x1") + ","
                    + Mapped("l", """{"type":"array","containsNull":true,"elementType":""" + Struct
                        + Mapped("b", "\"string\"", 5, "y1") + "]}}", 4, "x2") + ","
                    + Mapped("new", "\"double\"", 6, "x9") + "]}", 2, "c2") + ","
                + Mapped("later", "\"date\"", 7, "c7"),
                configuration: "\"delta.columnMapping.mode\":\"name\""),
            Add("f.parquet"));

        Assert.Equal(
            ["id=1 | later=null | s={'a': 2, 'l': [{'b': 'a'}], 'new': null}", "id=3 | later=null | s=null"],
            await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_MappedById_NamesInFilesDoNotCount()
    {
        _table.File("one.parquet", "select 1::bigint as whatever, 'a' as c1", ", field_ids {whatever: 1, c1: 2}");
        _table.File("two.parquet", "select 2::bigint as c1, 'b' as other", ", field_ids {c1: 1, other: 2}");
        _table.File("three.parquet", "select 3::bigint as x", ", field_ids {x: 1}");
        _table.Commit(
            0, Protocol("columnMapping"), Metadata(
                Mapped("id", "\"long\"", 1, "c1") + "," + Mapped("name", "\"string\"", 2, "c2"),
                configuration: "\"delta.columnMapping.mode\":\"id\""),
            Add("one.parquet"), Add("two.parquet"), Add("three.parquet"));

        Assert.Equal(["id=1 | name='a'", "id=2 | name='b'", "id=3 | name=null"], await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_DeletionVector_RowsAreLeftOut()
    {
        // The protocol's example: rows 3, 4, 7, 11, 18 and 29.
        const string Vector = ""","deletionVector":{"storageType":"i","pathOrInlineDv":"""
            + "\"^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L\""
            + ""","sizeInBytes":44,"cardinality":6}""";
        _table.File("f.parquet", "select range::bigint as id from range(40)");
        _table.File("g.parquet", "select 100::bigint as id");
        _table.Commit(
            0, Protocol("deletionVectors"), Metadata(Field("id", "\"long\"")), Add("f.parquet", more: Vector),
            Add("g.parquet"));

        string[] read = await _table.ReadAsync();

        Assert.Equal(35, read.Length);
        Assert.DoesNotContain("id=18", read);
        Assert.Contains("id=100", read);
    }

    [Fact]
    public async Task Read_DeletionVectorOfAFile_MissingOrDamaged_NamesIt()
    {
        const string Vector = ""","deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","""
            + """ "offset":1,"sizeInBytes":40,"cardinality":6}""";
        const string Name = "ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin";
        _table.File("f.parquet", "select range::bigint as id from range(40)");
        _table.Commit(
            0, Protocol("deletionVectors"), Metadata(Field("id", "\"long\"")), Add("f.parquet", more: Vector));

        Assert.Equal(Name, (await Assert.ThrowsAsync<CorruptTableException>(() => _table.ReadAsync())).File);

        Directory.CreateDirectory(Path.Combine(_table.Folder, "ab"));
        await File.WriteAllBytesAsync(Path.Combine(_table.Folder, Name), new byte[49]);
        CorruptTableException damaged = await Assert.ThrowsAsync<CorruptTableException>(() => _table.ReadAsync());
        Assert.Contains(Name, damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PartitionValues_BecomeTheirTypes()
    {
        _table.File("f.parquet", "select 1 as id");
        string[] types =
            ["integer", "double", "decimal(5,2)", "boolean", "date", "timestamp", "timestamp_ntz", "string", "binary"];
        string[] values =
        [
            "-7", "1.5", "1.20", "true", "2024-02-29", "2024-01-01T10:00:00.000001Z", "2024-01-01 10:00:00", "a/ü %",
            "\\u0001A",
        ];
        _table.Commit(
            0, Protocol("timestampNtz"), Metadata(
                Field("id", "\"integer\"") + "," + string.Join(
                    ',', types.Select((t, i) => Field($"p{i}", $"\"{t}\""))),
                string.Join(',', types.Select((_, i) => $"\"p{i}\""))),
            Add("f.parquet", string.Join(',', values.Select((v, i) => $"\"p{i}\":\"{v}\""))),
            Add("f.parquet?", string.Join(',', values.Select((_, i) => $"\"p{i}\":{(i % 2 == 0 ? "null" : "\"\"")}"))));
        _table.File("f.parquet?", "select 2 as id");

        string[] read = await _table.ReadAsync();

        Assert.Equal(
            "id=1 | p0=-7 | p1=1.5 | p2=1.20 | p3=True | p4=02/29/2024 | p5=2024-01-01T10:00:00.0000010 | "
            + "p6=2024-01-01T10:00:00.0000000 | p7='a/ü %' | p8=0141",
            read[0]);
        Assert.Equal("id=2 | " + string.Join(" | ", types.Select((_, i) => $"p{i}=null")), read[1]);
    }

    [Fact]
    public async Task Read_PathsWithEverything_AreFound()
    {
        string[] names = ["a b.parquet", "50%.parquet", "x=1/[y]*.parquet", "'q'.parquet", "ü.parquet"];
        for (int i = 0; i < names.Length; i++)
        {
            _table.File(names[i], $"select {i} as id");
        }

        string absolute = Path.Combine(_table.Folder, "else where.parquet");
        _table.File(absolute, "select 99 as id");
        _table.Commit(
            0,
            [
                Protocol(), Metadata(Field("id", "\"integer\"")),
                .. names.Select(n => Add(string.Join('/', n.Split('/').Select(Uri.EscapeDataString)))),
                Add("file://" + string.Join('/', absolute.Split('/').Select(Uri.EscapeDataString))),
            ]);

        Assert.Equal(["id=0", "id=1", "id=2", "id=3", "id=4", "id=99"], await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_TypesOfOthers_AreReadAsTheyAre()
    {
        _table.File(
            "f.parquet",
            "select 1::tinyint as b, 2::smallint as s, 1.5::float as f, timestamp '2024-01-01 10:00:00' as n, "
            + "map {1: ['a', null]} as m, 0.123456789012345678901234567890::decimal(38,30) as d");
        const string Map = """{"type":"map","keyType":"integer","valueContainsNull":true,"""
            + """ "valueType":{"type":"array","elementType":"string","containsNull":true}}""";
        _table.Commit(
            0, Protocol("timestampNtz"), Metadata(string.Join(
                ',', Field("b", "\"byte\""), Field("s", "\"short\""), Field("f", "\"float\""), Field("v", "\"void\""),
                Field("n", "\"timestamp_ntz\""), Field("m", Map), Field("d", "\"decimal(38,30)\""))),
            Add("f.parquet"));

        Assert.Equal(
            ["b=1 | d='0.123456789012345678901234567890' | f=1.5 | m={1: ['a', null]} | n=2024-01-01T10:00:00.0000000 "
            + "| s=2 | v=null"],
            await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_WidenedTypes_AreTheWiderOnes()
    {
        _table.File("old.parquet", "select 1::int as i, 1.25::decimal(4,2) as d, date '2024-01-01' as t");
        _table.File(
            "new.parquet", "select 5000000000 as i, 1.2345::decimal(20,4) as d, timestamp '2024-01-01 01:00:00' as t");
        _table.Commit(
            0, Protocol("typeWidening", "timestampNtz"), Metadata(
                Field("i", "\"long\"") + "," + Field("d", "\"decimal(20,4)\"") + ","
                + Field("t", "\"timestamp_ntz\"")),
            Add("old.parquet"), Add("new.parquet"));

        Assert.Equal(
            ["d=1.2345 | i=5000000000 | t=2024-01-01T01:00:00.0000000",
                "d=1.2500 | i=1 | t=2024-01-01T00:00:00.0000000"],
            await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_SomeColumns_OrOneThatIsNotThere()
    {
        _table.File("f.parquet", "select 1 as id, 'a' as name");
        _table.Commit(
            0, Protocol(), Metadata(Field("id", "\"integer\"") + "," + Field("name", "\"string\"")),
            Add("f.parquet"));

        Assert.Equal(["name='a'"], await _table.ReadAsync("NAME"));
        Assert.Equal(
            "LF4208", (await Assert.ThrowsAsync<LandfallException>(() => _table.ReadAsync("nam"))).Code);
    }

    [Fact]
    public async Task Read_DamagedFile_IsNamedAndItsValuesAreNot()
    {
        _table.File("f.parquet", "select 'secret' as id");
        _table.File("g.parquet", "select 1 as id");
        await File.WriteAllTextAsync(Path.Combine(_table.Folder, "g.parquet"), "PAR1 no file PAR1");
        _table.Commit(0, Protocol(), Metadata(Field("id", "\"integer\"")), Add("g.parquet"));

        Assert.Equal("g.parquet", (await Assert.ThrowsAsync<CorruptTableException>(() => _table.ReadAsync())).File);

        _table.Commit(0, Protocol(), Metadata(Field("id", "\"integer\"")), Add("f.parquet"));
        LandfallException error = await Assert.ThrowsAnyAsync<LandfallException>(() => _table.ReadAsync());
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'123'", "\"integer\"")]
    [InlineData("1.5::double", "\"integer\"")]
    [InlineData("5000000000", "\"integer\"")]
    [InlineData("1.2399::decimal(10,4)", "\"decimal(10,2)\"")]
    [InlineData("'2024-01-01'", "\"date\"")]
    [InlineData("{'a': 'x'}", """{"type":"struct","fields":[{"name":"a","type":"long","nullable":true}]}""")]
    [InlineData("['x']", """{"type":"array","elementType":"double","containsNull":true}""")]
    public async Task Read_FileOfAnotherType_IsRefusedAndNamed(string value, string type)
    {
        _table.File("good.parquet", "select null::int as other");
        _table.File("bad.parquet", $"select {value} as v");
        _table.Commit(0, Protocol(), Metadata(Field("v", type)), Add("good.parquet"), Add("bad.parquet"));

        Assert.Equal("bad.parquet", (await Assert.ThrowsAsync<CorruptTableException>(() => _table.ReadAsync())).File);
    }

    [Theory]
    [InlineData("integer", "5.6")]
    [InlineData("byte", "300")]
    [InlineData("decimal(10,2)", "12.345")]
    [InlineData("boolean", "1")]
    public async Task Read_PartitionValueOfAnotherType_IsRefusedAndNamed(string type, string value)
    {
        _table.File("f.parquet", "select 1 as id");
        _table.Commit(
            0, Protocol(), Metadata(Field("id", "\"integer\"") + "," + Field("p", $"\"{type}\""), "\"p\""),
            Add("f.parquet", $"\"p\":\"{value}\""));

        Assert.Equal("f.parquet", (await Assert.ThrowsAsync<CorruptTableException>(() => _table.ReadAsync())).File);
    }

    [Fact]
    public async Task Read_TextThatDoesNotSaySo_IsText()
    {
        _table.File("g.parquet", "select encode('ä') as t, encode('b') as b");
        _table.Commit(0, Protocol(), Metadata(Field("t", "\"string\"")), Add("g.parquet"));
        Assert.Equal(["t='ä'"], await _table.ReadAsync());

        _table.Commit(
            0, Protocol(), Metadata(Field("t", "\"string\"") + "," + Field("b", "\"binary\"")), Add("g.parquet"));
        Assert.Equal(["b=62 | t='ä'"], await _table.ReadAsync());
    }

    [Theory]
    [InlineData("\"delta.columnMapping.mode\":\"name\"", "columnMapping (name) without its protocol")]
    public async Task Read_MappingThatTheProtocolDoesNotAllow_IsRefused(string configuration, string feature)
    {
        _table.Commit(0, Protocol(), Metadata(Mapped("id", "\"long\"", 1, "c1"), configuration: configuration));

        Assert.Equal(
            feature, (await Assert.ThrowsAsync<UnsupportedTableException>(() => _table.ReadAsync())).Feature);
    }

    [Fact]
    public async Task Read_FreeFormCommitInfo_SaysWhatItSays()
    {
        _table.Commit(
            0, """{"commitInfo":{"timestamp":"yesterday","txnId":7,"isBlindAppend":"no","inCommitTimestamp":{}}}""",
            Protocol(), Metadata(Field("id", "\"integer\"")));

        Assert.Empty(await _table.ReadAsync());
    }

    [Fact]
    public async Task Read_NoFiles_HasColumnsAndNoRows()
    {
        _table.Commit(0, Protocol(), Metadata(Field("id", "\"integer\"")));

        Assert.Empty(await _table.ReadAsync());
    }

    [Theory]
    [InlineData("\"variant\"", "variant (column v)")]
    [InlineData("\"decimal(39,2)\"", "decimal(39,2) (column v)")]
    public async Task Read_UnknownType_IsRefusedByName(string type, string feature)
    {
        _table.Commit(0, Protocol(), Metadata(Field("v", type)));

        Assert.Equal(
            feature, (await Assert.ThrowsAsync<UnsupportedTableException>(() => _table.ReadAsync())).Feature);
    }
}
