using Landfall.Estate;

namespace Landfall.DuckDb.Tests;

public sealed class DuckDbConnectionTests : IDisposable
{
    private readonly Session _session = new();

    private DuckDbConnection Connection => _session.Connection;

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Execute_SeveralStatements_CountsTheLastOnes()
    {
        Assert.Equal(3, Connection.Execute("create table t(a int); insert into t values (1), (2), (3)"));
        Assert.Equal(2, Connection.Execute("update t set a = a + 1 where a > 1"));
        Assert.Equal(1, Connection.Execute("delete from t where a = 1"));
        Assert.Equal(0, Connection.Execute("create table u(a int)"));
        Assert.Equal(0, Connection.Execute("select * from t"));
    }

    [Theory]
    [InlineData("selec 1", DuckDbErrorType.Parser)]
    [InlineData("select nothing", DuckDbErrorType.Binder)]
    [InlineData("select * from nowhere", DuckDbErrorType.Catalog)]
    [InlineData("select 'x'::int", DuckDbErrorType.Conversion)]
    [InlineData("select error('why')", DuckDbErrorType.InvalidInput)]
    [InlineData("select 2147483647::int + range::int + 1 from range(3)", DuckDbErrorType.OutOfRange)]
    [InlineData("select * from read_parquet('/nowhere/x.parquet')", DuckDbErrorType.IO)]
    [InlineData("create or replace table k(a int not null); insert into k select null", DuckDbErrorType.Constraint)]
    [InlineData("begin; begin", DuckDbErrorType.Transaction)]
    public void Execute_Failing_CarriesDuckDbsType(string sql, DuckDbErrorType type)
    {
        var failed = Assert.Throws<DuckDbException>(() => Connection.Execute(sql));

        Assert.Equal(("LF4100", type), (failed.Code, failed.ErrorType));
        Assert.Contains("Error:", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selec 1", DuckDbErrorType.Parser)]
    [InlineData("select nothing", DuckDbErrorType.Binder)]
    [InlineData("select * from nowhere", DuckDbErrorType.Catalog)]
    [InlineData("select * from read_parquet('/nowhere/x.parquet')", DuckDbErrorType.IO)]
    [InlineData("select 1; select 2", DuckDbErrorType.InvalidInput)]
    public void Prepare_Failing_CarriesDuckDbsType(string sql, DuckDbErrorType type) =>
        Assert.Equal(type, Assert.Throws<DuckDbException>(() => Connection.Prepare(sql)).ErrorType);

    [Theory]
    [InlineData("Out of Memory Error: could not", DuckDbErrorType.OutOfMemory)]
    [InlineData("INTERNAL Error: assertion", DuckDbErrorType.Internal)]
    [InlineData("Something else", DuckDbErrorType.Invalid)]
    [InlineData(" Error: empty", DuckDbErrorType.Invalid)]
    [InlineData(null, DuckDbErrorType.Invalid)]
    public void TypeFromText_OfAMessage_IsItsFirstWords(string? text, DuckDbErrorType type) =>
        Assert.Equal(type, DuckDbException.TypeFromText(text));

    [Fact]
    public void Execute_AfterAFailure_Works()
    {
        Assert.Throws<DuckDbException>(() => Connection.Execute("select 'x'::int"));

        Assert.Equal(7, Connection.Scalar<int>("select 7"));
    }

    [Fact]
    public void Scalar_OfEachKind_Converts()
    {
        Assert.Equal(3L, Connection.Scalar<long>("select 3::int"));
        Assert.Equal(3L, Connection.Scalar<long>("select sum(range) from range(3)"));
        Assert.Equal(3L, Connection.Scalar<long?>("select 3::tinyint"));
        Assert.Null(Connection.Scalar<long?>("select null::bigint"));
        Assert.Null(Connection.Scalar<string>("select 'x' where false"));
        Assert.Equal(1.5m, Connection.Scalar<decimal>("select 1.5"));
        Assert.Throws<InvalidCastException>(() => Connection.Scalar<long>("select [1]"));
    }

    [Fact]
    public void Query_SupersededByAStatement_SaysSoInsteadOfEnding()
    {
        using DuckDbResult first = Connection.Query("select range from range(1000000)");
        Assert.True(first.NextChunk(out _));
        Connection.Execute("select 1");

        var ended = Assert.Throws<LandfallException>(() => first.NextChunk(out _));

        Assert.Equal("LF4105", ended.Code);
    }

    [Fact]
    public void Query_ReadToItsEnd_IsNotSuperseded()
    {
        using DuckDbResult first = Connection.Query("select 1");
        Assert.Single(first.Rows());
        Connection.Execute("select 1");

        Assert.False(first.NextChunk(out _));
    }

    [Fact]
    public async Task Progress_OfALongStatement_RisesFromAnotherThread()
    {
        Connection.Execute("set enable_progress_bar = true; set enable_progress_bar_print = false; set threads = 1");
        Connection.Execute("create table t as select range a from range(2000000)");

        Task work = Task.Run(() => Connection.Execute(
            "copy (select a, md5(a::varchar) from t) to '/dev/null' (format csv)"));
        double highest = -1;
        while (!work.IsCompleted && highest <= 0)
        {
            highest = Math.Max(highest, Connection.Progress);
            Thread.Yield();
        }

        await work;

        Assert.InRange(highest, double.Epsilon, 1);
        Assert.Equal(-1, Connection.Progress);
    }

    [Fact]
    public void Execute_AfterDispose_Throws()
    {
        Connection.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Connection.Execute("select 1"));
        Assert.Throws<ObjectDisposedException>(() => Connection.Prepare("select 1"));
    }
}
