using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>How a statement is followed when streams break and operations are gone.</summary>
public sealed class SparkStatementTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Statement_Whole_IsSentOnceAndReleased()
    {
        _server.Sends(_server.Response(), _server.Complete());

        await RunAsync();

        Assert.Equal(
            [
                "AnalyzePlan", "Config", "Config", "ExecutePlan a", "ReleaseExecute a all", "ReleaseSession",
            ],
            _server.Calls);
    }

    [Fact]
    public async Task Statement_StreamEndsWithoutComplete_IsReattachedBehindWhatCame()
    {
        _server.Sends(_server.Response(), _server.Response()).Sends(_server.Response()).Sends(_server.Complete());

        await RunAsync();

        Assert.Equal(["ExecutePlan a", "ReattachExecute a r2", "ReattachExecute a r3"], _server.Statements);
    }

    [Fact]
    public async Task Statement_BrokenBeforeAnythingCame_IsReattachedFirst()
    {
        _server.Breaks().Sends(_server.Complete());

        await RunAsync();

        Assert.Equal(["ExecutePlan a", "ReattachExecute a"], _server.Statements);
    }

    [Theory]
    [InlineData("INVALID_HANDLE.OPERATION_NOT_FOUND")]
    [InlineData("INVALID_HANDLE.SESSION_NOT_FOUND")]
    public async Task Statement_UnknownBeforeAnythingCame_IsSentAgainUnderItsId(string errorClass)
    {
        _server.Breaks().Fails(errorClass).Sends(_server.Complete());

        await RunAsync();

        Assert.Equal(["ExecutePlan a", "ReattachExecute a", "ExecutePlan a"], _server.Statements);
    }

    [Fact]
    public async Task Statement_ThatArrivedTwice_IsReattached()
    {
        _server.Breaks().Fails("INVALID_HANDLE.OPERATION_NOT_FOUND")
            .Fails("INVALID_HANDLE.OPERATION_ALREADY_EXISTS").Sends(_server.Complete());

        await RunAsync();

        Assert.Equal(
            ["ExecutePlan a", "ReattachExecute a", "ExecutePlan a", "ReattachExecute a"], _server.Statements);
    }

    [Theory]
    [InlineData("INVALID_HANDLE.OPERATION_NOT_FOUND", "LF4336")]
    [InlineData("INVALID_HANDLE.OPERATION_ABANDONED", "LF4336")]
    [InlineData("INVALID_CURSOR.POSITION_NOT_AVAILABLE", "LF4336")]
    [InlineData("INVALID_HANDLE.SESSION_NOT_FOUND", "LF4335")]
    [InlineData("INVALID_HANDLE.SESSION_CHANGED", "LF4335")]
    [InlineData("INVALID_HANDLE.SESSION_CLOSED", "LF4335")]
    [InlineData("OPERATION_CANCELED", "LF4339")]
    [InlineData("SOMETHING_ELSE", "LF4334")]
    public async Task Statement_GoneAfterSomethingCame_FailsAndIsNotSentAgain(string errorClass, string code)
    {
        _server.Breaks(_server.Response()).Fails(errorClass).Fails(errorClass);

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal(code, e.Code);
        Assert.Single(_server.Statements, c => c.StartsWith("ExecutePlan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INVALID_HANDLE.OPERATION_ABANDONED", "LF4336")]
    [InlineData("INVALID_HANDLE.SESSION_CHANGED", "LF4335")]
    public async Task Statement_GoneBeforeAnythingCame_FailsToo(string errorClass, string code)
    {
        _server.Fails(errorClass);

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal(code, e.Code);
        Assert.Contains("run again", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("INVALID_CURSOR.DISCONNECTED", false)]
    [InlineData("ANYTHING", true)]
    public async Task Statement_ServerAsksToComeAgain_IsReattached(string errorClass, bool saysWhen)
    {
        RetryInfo? when = saysWhen
            ? new() { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(60)) } : null;
        _server.Sends(_server.Response()).Fails(errorClass, detail: when).Sends(_server.Complete());

        await RunAsync();

        Assert.Equal(["ExecutePlan a", "ReattachExecute a r1", "ReattachExecute a r1"], _server.Statements);
    }

    [Fact]
    public async Task Statement_ServerStaysAway_FailsAfterTheLimitAndIsNotReleased()
    {
        _server.Breaks(_server.Response()).Breaks().ForEver();

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal("LF4331", e.Code);
        Assert.DoesNotContain("ReleaseExecute a all", _server.Calls);
    }

    [Fact]
    public async Task Statement_StreamsEndAtOnceForEver_FailsAfterTheLimit()
    {
        _server.Sends(_server.Response()).Sends().ForEver();

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal("LF4331", e.Code);
    }

    /// <summary>What runs is ended before it is let go.</summary>
    [Fact]
    public async Task Statement_WhoseTakerFails_IsInterruptedThenReleased()
    {
        _server.Sends(_server.Response(), _server.Response(r => r.ArrowBatch = new())).Fails("OPERATION_CANCELED");

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(s => s.QueryAsync("select 1", CancellationToken.None)));

        Assert.Equal(
            ["ExecutePlan a", "Interrupt a", "ReattachExecute a r1", "ReleaseExecute a all"], _server.Calls[3..^1]);
    }

    [Fact]
    public async Task Statement_MessageTooLarge_IsAResultThatCannotBeRead()
    {
        _server.Sends(_server.Response()).Refuses(StatusCode.ResourceExhausted).ForEver();

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal("LF4338", e.Code);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("run 7", 1)]
    public async Task Statement_Tag_IsPutOnUnlessEmpty(string tag, int tags)
    {
        _server.Sends(_server.Complete());

        await using (SparkSession session = await OpenAsync(_server, "t", tag))
        {
            await session.ExecuteAsync("command", CancellationToken.None);
        }

        Assert.Equal(Enumerable.Repeat(tag, tags), _server.Tags);
    }

    [Fact]
    public async Task Statement_LargeResult_IsReleasedOnTheWay()
    {
        void Fill(ExecutePlanResponse r) => r.ExecutionProgress = new();
        ExecutePlanResponse large = _server.Response(Fill);
        large.ArrowBatch = new() { Data = Google.Protobuf.ByteString.CopyFrom(new byte[4 << 20]) };
        _server.Sends(large, _server.Complete());

        await RunAsync();

        Assert.Contains("ReleaseExecute a r1", _server.Calls);
        Assert.Contains("ReleaseExecute a all", _server.Calls);
    }

    [Theory]
    [InlineData("ExecutorLostFailure (executor 0 exited caused by one of the running tasks) Reason: Command exited")]
    [InlineData("Job aborted: Lost task 0.0 (TID 1) (host executor 0): java.lang.OutOfMemoryError: Java heap space")]
    public async Task Statement_ExecutorLost_SaysSo(string text)
    {
        _server.Fails("SOME_CLASS", text);

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(RunAsync);

        Assert.Equal("LF4337", e.Code);
        Assert.Same(e, e.Reportable());
    }

    /// <summary>The session goes all the same, or no later run could go on.</summary>
    [Fact]
    public async Task Interrupt_StatementThatRunsOn_SaysSoAndLetsTheSessionGo()
    {
        using ScriptedServer server = new() { Runs = "x" };
        server.Sends().ForEver();
        using SparkTransport transport = new(
            SparkAddress.Parse("sc://127.0.0.1:1"),
            SparkFixture.Options() with { Handler = server, InterruptTimeout = TimeSpan.FromMilliseconds(300) });

        LandfallException e = await Assert.ThrowsAsync<LandfallException>(
            () => new SparkInterruption(transport).RunAsync(CancellationToken.None));

        Assert.Equal("LF4339", e.Code);
        Assert.Equal("ReleaseSession", server.Calls[^1]);
        Assert.DoesNotContain(server.Calls, c => c.StartsWith("ReleaseExecute", StringComparison.Ordinal));
    }

    /// <summary>Servers before 4.2 have no GetStatus.</summary>
    [Fact]
    public async Task Interrupt_OlderServer_IsDoneWhenWhatItInterruptedHasEnded()
    {
        using SparkTransport transport = new(
            SparkAddress.Parse("sc://127.0.0.1:1"), SparkFixture.Options() with { Handler = _server });

        await new SparkInterruption(transport).RunAsync(CancellationToken.None);

        Assert.Equal(["Interrupt", "GetStatus", "ReleaseSession"], _server.Calls);
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task Open_Refused_NamesNoSecret(StatusCode code)
    {
        using ScriptedServer server = new() { Refusal = code };

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(() => OpenAsync(server, "secret"));

        Assert.Equal("LF4332", e.Code);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.4.4", false)]
    [InlineData("3.5.0", true)]
    [InlineData("4.3.0-SNAPSHOT", true)]
    [InlineData("", false)]
    public async Task Open_Version_IsAtLeast35(string version, bool isRight)
    {
        using ScriptedServer server = new() { Version = version };

        string? code = null;
        try
        {
            await using SparkSession session = await OpenAsync(server, "t");
            Assert.Equal(version, session.Version);
        }
        catch (LandfallException e)
        {
            code = e.Code;
        }

        Assert.Equal(isRight ? null : "LF4332", code);
    }

    [Fact]
    public async Task Open_Token_IsABearerInEveryCall()
    {
        await using SparkSession session = await OpenAsync(_server, "abc");

        Assert.Equal("Bearer abc", _server.Headers["authorization"]);
        Assert.Equal("7", _server.Headers["x-databricks-cluster-id"]);
    }

    private static Task<SparkSession> OpenAsync(
        ScriptedServer server, string token, string tag = "") => SparkSession.OpenAsync(
        SparkAddress.Parse($"sc://127.0.0.1:1/;token={token};x-databricks-cluster-id=7"),
        SparkFixture.Options() with
        {
            Handler = server, OutageLimit = TimeSpan.FromMilliseconds(300), Tag = tag,
        },
        CancellationToken.None);

    private Task RunAsync() => RunAsync(s => s.ExecuteAsync("command", CancellationToken.None));

    private async Task RunAsync(Func<SparkSession, Task> statement)
    {
        await using SparkSession session = await OpenAsync(_server, "t");
        await statement(session);
    }
}
