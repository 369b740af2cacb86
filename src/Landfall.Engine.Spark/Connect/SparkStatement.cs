using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>
/// One statement: sent once, followed to its end over as many streams as that takes, and let go. It runs once also when
/// the connection is lost: whoever lost a stream attaches to the operation again, and sends the plan a second time only
/// under the same id, while nothing of it came back and the server does not know it.
/// </summary>
internal sealed class SparkStatement(SparkTransport transport, SparkErrors errors, Plan? plan, string sql)
{
    /// <summary>Bytes of a result after which the server is told that they were read.</summary>
    private const long ReleaseEvery = 4 << 20;

    /// <summary>A server ends streams after minutes; one that ends them sooner than this is as good as away.</summary>
    private static readonly TimeSpan SoonOver = TimeSpan.FromSeconds(1);

    private readonly SparkOutage _outage = new(transport.Options.OutageLimit);
    private string _operationId = Guid.NewGuid().ToString();
    private string? _lastResponse;
    private bool _isSent;
    private bool _isInterrupted;
    private bool _isOver;
    private bool _isAway;
    private long _unreleased;
    private Task _releasing = Task.CompletedTask;

    /// <summary>A statement that was sent before, by whomever, and is interrupted.</summary>
    public SparkStatement(SparkTransport transport, SparkErrors errors, string operationId)
        : this(transport, errors, plan: null, sql: "") =>
        (_operationId, _isSent, _isInterrupted) = (operationId, true, true);

    private static TimeSpan AfterAnsweredPing(SparkSessionOptions options) =>
        options.PingDelay + (2 * options.PingTimeout);

    /// <summary>Runs it to its end.</summary>
    /// <param name="onResponse">Takes each response once, in order.</param>
    /// <param name="cancellationToken">Interrupts it on the server.</param>
    /// <exception cref="LandfallException">It failed, or the server stayed away.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and no longer runs.</exception>
    public async Task RunAsync(Action<ExecutePlanResponse> onResponse, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await FollowAsync(onResponse, cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            await InterruptAsync();
            throw new OperationCanceledException("A statement of Spark was cancelled.", e, cancellationToken);
        }
        catch when (!_isAway)
        {
            await InterruptAsync();
            throw;
        }
        finally
        {
            await _releasing;
            await ReleaseAsync();
        }
    }

    /// <summary>Waits for the end of a statement that is interrupted, and lets it go.</summary>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(_ => { }, cancellationToken);
        }
        catch (LandfallException e) when (e.Code != SparkCodes.Unreachable)
        {
            // This is how statements end that were interrupted; or nobody can see it any more.
        }

        await ReleaseAsync();
    }

    private async Task FollowAsync(Action<ExecutePlanResponse> onResponse, CancellationToken cancellationToken)
    {
        while (true)
        {
            long start = TimeProvider.System.GetTimestamp();
            SparkFault? fault = null;
            try
            {
                using AsyncServerStreamingCall<ExecutePlanResponse> call = _isSent ? Reattach() : Execute();
                if (await ReadAsync(call.ResponseStream, onResponse, cancellationToken))
                {
                    _isOver = true;
                    return;
                }
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                fault = SparkFault.Of(e);
            }
            catch (RpcException e)
            {
                throw new OperationCanceledException("A stream of Spark was cancelled.", e, cancellationToken);
            }

            await GoOnAsync(fault, TimeProvider.System.GetElapsedTime(start), cancellationToken);
        }
    }

    private async Task<bool> ReadAsync(
        IAsyncStreamReader<ExecutePlanResponse> stream, Action<ExecutePlanResponse> onResponse,
        CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken))
        {
            ExecutePlanResponse response = stream.Current;
            onResponse(response);
            // Only what was taken is left out of the next stream.
            _lastResponse = response.ResponseId;
            _outage.End();
            if (response.ResultComplete is not null)
            {
                return true;
            }

            ReleaseTaken(response);
        }

        return false;
    }

    /// <summary>Waits before the next stream, or throws where none can bring the statement to its end.</summary>
    private async Task GoOnAsync(SparkFault? fault, TimeSpan lived, CancellationToken cancellationToken)
    {
        // A quiet stream that outlived a ping has shown that the server is there.
        if (lived > (fault is null ? SoonOver : AfterAnsweredPing(transport.Options)))
        {
            _outage.End();
        }

        if (fault is null && lived > SoonOver)
        {
            return;
        }

        bool isUnsent = fault is { IsUnknown: true } && _lastResponse is null && !_isInterrupted;
        if (fault is { IsLost: false, IsThere: false } && !isUnsent)
        {
            _isOver = fault is { IsSparks: true, IsPositionLost: false };
            throw await errors.OfAsync(fault, sql, cancellationToken);
        }

        if (isUnsent)
        {
            _isSent = false;
        }

        if (transport.Options.RunsAgain)
        {
            (_operationId, _lastResponse, _isSent) = (Guid.NewGuid().ToString(), null, false);
        }

        if (!await _outage.PauseAsync(fault?.RetryAfter, cancellationToken))
        {
            _isAway = true;
            throw fault is null ? errors.Away() : await errors.OfAsync(fault, sql, cancellationToken);
        }
    }

    private AsyncServerStreamingCall<ExecutePlanResponse> Execute()
    {
        _isSent = true;
        ExecutePlanRequest request = new()
        {
            SessionId = transport.SessionId,
            UserContext = transport.User,
            ClientType = SparkTransport.ClientType,
            OperationId = _operationId,
            Plan = plan,
            RequestOptions =
            {
                new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new() { Reattachable = true } },
            },
        };
        if (transport.ServerSession is { } observed)
        {
            request.ClientObservedServerSideSessionId = observed;
        }

        if (transport.Options.Tag.Length > 0)
        {
            request.Tags.Add(transport.Options.Tag);
        }

        return transport.Client.ExecutePlan(request, transport.Stream());
    }

    private AsyncServerStreamingCall<ExecutePlanResponse> Reattach()
    {
        ReattachExecuteRequest request = new()
        {
            SessionId = transport.SessionId,
            UserContext = transport.User,
            ClientType = SparkTransport.ClientType,
            OperationId = _operationId,
        };
        if (transport.ServerSession is { } observed)
        {
            request.ClientObservedServerSideSessionId = observed;
        }

        if (_lastResponse is not null)
        {
            request.LastResponseId = _lastResponse;
        }

        return transport.Client.ReattachExecute(request, transport.Stream());
    }

    /// <summary>Ends the statement on the server and waits until it has ended, for a bounded time.</summary>
    private async Task InterruptAsync()
    {
        if (_isOver)
        {
            return;
        }

        // From here on it is followed, and never sent.
        (_isInterrupted, _isSent) = (true, true);
        TimeSpan limit = transport.Options.InterruptTimeout;
        using CancellationTokenSource end = new(limit);
        try
        {
            await transport.CallAsync(
                (client, options) => client.InterruptAsync(
                    new()
                    {
                        SessionId = transport.SessionId,
                        UserContext = transport.User,
                        ClientType = SparkTransport.ClientType,
                        InterruptType = InterruptRequest.Types.InterruptType.OperationId,
                        OperationId = _operationId,
                    },
                    options),
                limit, end.Token);
            await FollowAsync(_ => { }, end.Token);
        }
        catch (Exception e) when (e is LandfallException or RpcException or OperationCanceledException)
        {
            // It has ended as interrupted statements do, or the server stays away: nothing is left but to let it go.
        }
    }

    private void ReleaseTaken(ExecutePlanResponse response)
    {
        _unreleased += response.ArrowBatch?.Data.Length ?? 0;
        if (_unreleased >= ReleaseEvery && _releasing.IsCompleted)
        {
            _unreleased = 0;
            _releasing = ReleaseAsync(new() { ReleaseUntil = new() { ResponseId = response.ResponseId } });
        }
    }

    /// <summary>
    /// Lets go of a statement that is over. One that is not yet must not be let go: Spark loses track of it then, and
    /// tells for ever that it runs.
    /// </summary>
    private Task ReleaseAsync() => _isOver ? ReleaseAsync(new() { ReleaseAll = new() }) : Task.CompletedTask;

    /// <summary>Never throws, and heeds no caller's token: what is not let go holds cores for minutes.</summary>
    private async Task ReleaseAsync(ReleaseExecuteRequest request)
    {
        request.SessionId = transport.SessionId;
        request.UserContext = transport.User;
        request.ClientType = SparkTransport.ClientType;
        request.OperationId = _operationId;
        try
        {
            await transport.CallAsync(
                (client, options) => client.ReleaseExecuteAsync(request, options),
                transport.Options.ReleaseTimeout, CancellationToken.None);
        }
        catch (RpcException)
        {
            // The server lets it go by itself later.
        }
    }
}
