using System.Text;

namespace Landfall.DuckDb.Tests;

public sealed class DuckDbTableFunctionTests : IDisposable
{
    private const string Shape = "select null::bigint as n, null::varchar as t, null::decimal(18,3) as d, "
        + "null::timestamptz as ts, null::integer[] as l";

    private readonly Session _session = new();

    private DuckDbConnection Connection => _session.Connection;

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Rows_EveryKind_AreReadAsWritten()
    {
        string[] texts = ["", "a", "twelve bytes", "thirteen byte", new string('x', 5000), "żółć ☃ 𝄞"];
        using DuckDbTableFunction rows = Connection.TableFunction(Shape, new Texts(texts));

        object?[][] read = _session.Rows($"select n, t, d, ts, l from {rows.Name}() order by n");

        Assert.Equal(texts, read.Select(r => (string?)r[1]));
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], read.Select(r => (long)r[0]!));
        Assert.Equal([null, 0.5m, null, 1.5m, null, 2.5m], read.Select(r => (decimal?)r[2]));
        Assert.All(read, r => Assert.Equal(DateTimeOffset.UnixEpoch, r[3]));
        Assert.All(read, r => Assert.Equal([7, 8], ((object?[])r[4]!).Cast<int>()));
    }

    [Fact]
    public void Texts_ShortOnesThatReplaceLongOnes_CompareAndGroupRight()
    {
        string[] texts =
            [.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? $"k{i % 10}" : $"a longer key {i % 10}")];
        using DuckDbTableFunction rows = Connection.TableFunction(Shape, new Texts(texts));

        object?[][] read = _session.Rows($"select t, count(*) from {rows.Name}() group by t order by t");

        Assert.Equal(10, read.Length);
        Assert.All(read, r => Assert.Equal(1000L, r[1]));
    }

    [Fact]
    public void Rows_ManyChunks_Stream()
    {
        var source = new Numbers(1_000_000);
        using DuckDbTableFunction rows = Connection.TableFunction("select null::bigint as n", source);

        Assert.Equal(499_999_500_000L, Connection.Scalar<long>($"select sum(n)::bigint from {rows.Name}()"));
        Assert.True(source.Calls > 400);
    }

    [Fact]
    public void Source_Throws_StatementEndsAndTheCauseIsThere()
    {
        var source = new Numbers(1_000_000) { FailsAt = 10_000 };
        using DuckDbTableFunction rows = Connection.TableFunction("select null::bigint as n", source);
        rows.ThrowIfFailed();

        Assert.Throws<DuckDbException>(() => Connection.Collect($"select sum(n) from {rows.Name}()"));

        Assert.Equal("row 10000", Assert.Throws<InvalidDataException>(rows.ThrowIfFailed).Message);
        Assert.Equal(42, Connection.Scalar<int>("select 42"));
    }

    [Fact]
    public void Source_Endless_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using DuckDbTableFunction rows =
            Connection.TableFunction("select null::bigint as n", new Numbers(long.MaxValue));

        Assert.ThrowsAny<OperationCanceledException>(
            () => Connection.Collect($"select sum(n) from {rows.Name}()", cancellation.Token));
        Assert.Equal(42, Connection.Scalar<int>("select 42"));
    }

    [Fact]
    public void Disposed_Rows_AreRefused()
    {
        DuckDbTableFunction rows = Connection.TableFunction("select null::bigint as n", new Numbers(10));
        rows.Dispose();
        rows.Dispose();

        DuckDbException error = Assert.Throws<DuckDbException>(() => Connection.Collect($"from {rows.Name}()"));

        Assert.Contains("have ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_DoesNotParse_IsRefused() =>
        Assert.Throws<DuckDbException>(() => Connection.TableFunction("selec 1", new Numbers(1)));

    [Fact]
    public void ManyAtOnce_EachOnItsConnection_KeepApart()
    {
        Parallel.For(0, 8, i =>
        {
            using DuckDbConnection connection = _session.Database.Connect();
            for (int round = 0; round < 20; round++)
            {
                using DuckDbTableFunction rows =
                    connection.TableFunction("select null::bigint as n", new Numbers(5000 + i));
                Assert.Equal(5000L + i, connection.Scalar<long>($"select count(*) from {rows.Name}()"));
            }
        });
    }

    [Fact]
    public void Source_RunsStatementsOfItsOwn_OnAnotherConnection()
    {
        using DuckDbConnection other = _session.Database.Connect();
        var source = new Numbers(10_000) { OnCall = () => Assert.Equal(42, other.Scalar<int>("select 42")) };
        using DuckDbTableFunction rows = Connection.TableFunction("select null::bigint as n", source);

        Assert.Equal(10_000L, Connection.Scalar<long>($"select count(*) from {rows.Name}()"));
    }

    [Fact]
    public void Collect_FailsAndCancels_AsOtherStatementsDo()
    {
        Assert.Equal([[1, "a"], [2, null]], Connection.Collect("values (1, 'a'), (2, null)"));
        Assert.Throws<DuckDbException>(() => Connection.Collect("select error('no')"));
        Assert.ThrowsAny<OperationCanceledException>(
            () => Connection.Collect("select 1", new CancellationToken(canceled: true)));
    }

    private sealed class Texts(string[] texts) : IRowSource
    {
        private int _next;

        public int Fill(RowChunk chunk)
        {
            int count = Math.Min(chunk.Capacity, texts.Length - _next);
            VectorWriter elements = chunk[4].Reserve(2 * count);
            for (int row = 0; row < count; row++, _next++)
            {
                chunk[0].Set(row, (long)_next);
                chunk[1].Set(row, Encoding.UTF8.GetBytes(texts[_next]).AsSpan());
                if (_next % 2 == 0)
                {
                    chunk[2].SetNull(row);
                }
                else
                {
                    chunk[2].Set(row, _next / 2m);
                }

                chunk[3].Set(row, DateTimeOffset.UnixEpoch);
                elements.Set(2 * row, 7);
                elements.Set((2 * row) + 1, 8);
                chunk[4].Set(row, new ListEntry(2 * row, 2));
            }

            return count;
        }
    }

    private sealed class Numbers(long count) : IRowSource
    {
        private long _next;

        public long FailsAt { get; init; } = -1;

        public Action OnCall { get; init; } = () => { };

        public int Calls { get; private set; }

        public int Fill(RowChunk chunk)
        {
            Calls++;
            OnCall();
            int rows = (int)Math.Min(chunk.Capacity, count - _next);
            for (int row = 0; row < rows; row++, _next++)
            {
                chunk[0].Set(row, _next == FailsAt ? throw new InvalidDataException($"row {_next}") : _next);
            }

            return rows;
        }
    }
}
