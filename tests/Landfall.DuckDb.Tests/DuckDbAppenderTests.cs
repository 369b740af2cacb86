using Landfall.Estate;

namespace Landfall.DuckDb.Tests;

public sealed class DuckDbAppenderTests : IDisposable
{
    private readonly Session _session = new();

    private DuckDbConnection Connection => _session.Connection;

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Append_EveryContractType_ComesBackWithNulls()
    {
        Connection.Execute("""
            create table t(i int, b boolean, l bigint, d double, s varchar, x blob, day date, instant timestamptz,
                d4 decimal(4,1), d9 decimal(9,2), d18 decimal(18,3), d38 decimal(38,4))
            """);
        using (DuckDbAppender appender = Connection.Appender(null, null, "t"))
        {
            WriteRow(appender, 0);
            for (int column = 0; column < appender.ColumnTypes.Length; column++)
            {
                appender[column].SetNull(1);
            }

            WriteRow(appender, 2);
            appender.Append(3);
            appender.Complete();
        }

        object?[][] rows = _session.Rows("from t order by rowid");

        object?[] expected =
        [
            7, true, long.MinValue, 0.1, "a text that is longer than twelve bytes, ä", new byte[] { 0, 1, 255 },
            new DateOnly(1969, 12, 31), new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero),
            -99.9m, 1234567.8m, -123456789012345.678m, 79228162514264337593543.95m,
        ];
        Assert.Equal(expected, rows[0]);
        Assert.All(rows[1], Assert.Null);
        Assert.Equal(expected, rows[2]);
    }

    [Fact]
    public void Append_ManyChunks_KeepsOrderAndClearsNullsBetween()
    {
        const int Rows = 100_000;
        Connection.Execute("create table t(a bigint, b varchar)");
        using (DuckDbAppender appender = Connection.Appender(null, "main", "t"))
        {
            for (int start = 0; start < Rows; start += DuckDbAppender.Capacity)
            {
                int count = Math.Min(DuckDbAppender.Capacity, Rows - start);
                Span<long> numbers = appender[0].Values<long>();
                VectorWriter texts = appender[1];
                for (int row = 0; row < count; row++)
                {
                    numbers[row] = start + row;
                    if (start == 0)
                    {
                        texts.SetNull(row);
                    }
                    else
                    {
                        texts.Set(row, $"text number {start + row}");
                    }
                }

                appender.Append(count);
            }

            appender.Complete();
        }

        Assert.Equal([(long)Rows, (long)Rows, (long)DuckDbAppender.Capacity, 0L], _session.Rows("""
            select count(*), count(distinct a), count(*) filter (b is null),
                count(*) filter (b <> 'text number ' || a or a <> rowid) from t
            """).Single());
    }

    [Fact]
    public void Append_Nested_ComesBack()
    {
        Connection.Execute("create table t(tags varchar[], point struct(x int, y varchar), m map(varchar, bigint))");
        using (DuckDbAppender appender = Connection.Appender(null, null, "t"))
        {
            VectorWriter tags = appender[0];
            VectorWriter tag = tags.Reserve(3);
            tag.Set(0, "first");
            tag.SetNull(1);
            tag.Set(2, "a third one, longer than in place");
            tags.Set(0, new ListEntry(0, 2));
            tags.SetNull(1);
            tags.Set(2, new ListEntry(2, 1));
            VectorWriter point = appender[1];
            point.Field(0).Set(0, 1);
            point.Field(1).Set(0, "y");
            point.SetNull(1);
            point.Field(0).SetNull(2);
            point.Field(1).Set(2, "only y");
            VectorWriter map = appender[2];
            VectorWriter entry = map.Reserve(1);
            entry.Field(0).Set(0, "k");
            entry.Field(1).Set(0, 9L);
            map.Set(0, new ListEntry(0, 1));
            map.SetNull(1);
            map.Set(2, new ListEntry(1, 0));
            appender.Append(3);
            appender.Complete();
        }

        Assert.Equal(
            [
                "[first, NULL]|{'x': 1, 'y': y}|{k=9}", "NULL|NULL|NULL",
                "['a third one, longer than in place']|{'x': NULL, 'y': only y}|{}",
            ],
            _session.Rows("""
                select coalesce(tags::varchar, 'NULL') || '|' || coalesce(point::varchar, 'NULL') || '|'
                    || coalesce(m::varchar, 'NULL') from t order by rowid
                """).Select(r => r[0]));
    }

    [Fact]
    public void Dispose_WithoutComplete_DropsTheRows()
    {
        Connection.Execute("create table t(a int)");
        using (DuckDbAppender appender = Connection.Appender(null, null, "t"))
        {
            appender[0].Set(0, 1);
            appender.Append(1);
        }

        Assert.Equal(0L, _session.Value("select count(*) from t"));
    }

    [Fact]
    public void Complete_BrokenConstraint_FailsAndWritesNothing()
    {
        Connection.Execute("create table t(a int primary key)");
        using (DuckDbAppender appender = Connection.Appender(null, null, "t"))
        {
            appender[0].Set(0, 1);
            appender[0].Set(1, 1);
            appender.Append(2);

            var failed = Assert.Throws<DuckDbException>(appender.Complete);
            Assert.Equal(("LF4100", DuckDbErrorType.Constraint), (failed.Code, failed.ErrorType));
        }

        Assert.Equal(0L, _session.Value("select count(*) from t"));
    }

    [Fact]
    public void Append_InsideATransaction_RollsBack()
    {
        Connection.Execute("create table t(a int); begin");
        using (DuckDbAppender appender = Connection.Appender(null, null, "t"))
        {
            appender[0].Set(0, 1);
            appender.Append(1);
            appender.Complete();
        }

        Assert.Equal(1L, _session.Value("select count(*) from t"));
        Connection.Execute("rollback");
        Assert.Equal(0L, _session.Value("select count(*) from t"));
    }

    [Theory]
    [InlineData("1000.0")]
    [InlineData("0.01")]
    [InlineData("79228162514264337593543950335")]
    public void Set_DecimalThatDoesNotFit_IsRefused(string value)
    {
        Connection.Execute("create table t(a decimal(4,1))");
        using DuckDbAppender appender = Connection.Appender(null, null, "t");

        Assert.Equal("LF4104", Assert.Throws<LandfallException>(() => appender[0].Set(0, decimal.Parse(value))).Code);
    }

    [Fact]
    public void Set_DecimalWithZeroesBeyondTheScale_Fits()
    {
        Connection.Execute("create table t(a decimal(4,1))");
        using DuckDbAppender appender = Connection.Appender(null, null, "t");
        appender[0].Set(0, 12.3000m);
        appender.Append(1);
        appender.Complete();

        Assert.Equal(12.3m, _session.Value("from t"));
    }

    [Fact]
    public void Set_AnotherTypeOrRow_IsRefused()
    {
        Connection.Execute("create table t(a int, b varchar)");
        using DuckDbAppender appender = Connection.Appender(null, null, "t");

        Assert.Throws<LandfallException>(() => appender[0].Set(0, "text"));
        Assert.Throws<LandfallException>(() => appender[0].Set(0, 1L));
        Assert.Throws<LandfallException>(() => appender[1].Set(0, new ListEntry(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender[0].Set(DuckDbAppender.Capacity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender.Append(DuckDbAppender.Capacity + 1));
    }

    [Fact]
    public void Appender_TableMissing_CarriesDuckDbsType() => Assert.Equal(
        DuckDbErrorType.Catalog,
        Assert.Throws<DuckDbException>(() => Connection.Appender(null, null, "nowhere")).ErrorType);

    private static void WriteRow(DuckDbAppender appender, int row)
    {
        appender[0].Set(row, 7);
        appender[1].Set(row, true);
        appender[2].Set(row, long.MinValue);
        appender[3].Set(row, 0.1);
        appender[4].Set(row, "a text that is longer than twelve bytes, ä");
        appender[5].Set(row, [0, 1, 255]);
        appender[6].Set(row, new DateOnly(1969, 12, 31));
        appender[7].Set(row, new DateTimeOffset(1970, 1, 1, 0, 59, 59, TimeSpan.FromHours(1)));
        appender[8].Set(row, -99.9m);
        appender[9].Set(row, 1234567.8m);
        appender[10].Set(row, -123456789012345.678m);
        appender[11].Set(row, 79228162514264337593543.95m);
    }
}
