using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;
using State =
    Landfall.Engine.Spark.Protocol.GetStatusResponse.Types.OperationStatus.Types.OperationState;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Ends everything of a session that another process left behind.</summary>
internal sealed class SparkInterruption(SparkTransport transport)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SparkErrors _errors = new(transport);

    /// <summary>Interrupts, waits for the end of what ran, and lets the session go.</summary>
    /// <exception cref="LandfallException">
    /// LF4331: the server is there and does not answer. LF4339: something still runs.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyCollection<string> operations = await InterruptAsync(cancellationToken);
            try
            {
                await WaitAsync(operations, cancellationToken);
            }
            finally
            {
                await transport.ReleaseSessionAsync();
            }
        }
        catch (RpcException e)
        {
            SparkFault fault = SparkFault.Of(e);
            if (!fault.IsGone)
            {
                throw await _errors.OfAsync(fault, sql: "", cancellationToken);
            }
        }
    }

    /// <summary>The operations of the session that the server still knows.</summary>
    public async Task<IEnumerable<GetStatusResponse.Types.OperationStatus>> StatusAsync(
        CancellationToken cancellationToken)
    {
        GetStatusResponse answer = await transport.CallAsync(
            (client, options) => client.GetStatusAsync(
                new()
                {
                    SessionId = transport.SessionId,
                    UserContext = transport.User,
                    ClientType = SparkTransport.ClientType,
                    OperationStatus = new(),
                },
                options),
            transport.Options.ConnectTimeout, cancellationToken);
        return answer.OperationStatuses;
    }

    private async Task WaitAsync(IReadOnlyCollection<string> operations, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(transport.Options.InterruptTimeout);
        try
        {
            foreach (string operation in operations)
            {
                await new SparkStatement(transport, _errors, operation).EndAsync(end.Token);
            }

            await StillAsync(end.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LandfallException(
                SparkCodes.Interrupted,
                $"A statement of a run that was killed still runs at Spark ({transport.Address}), "
                + $"{transport.Options.InterruptTimeout.TotalSeconds} s after it was interrupted. Nothing of this run "
                + "was written. Look at Spark's own pages for it, then run again.",
                e);
        }
    }

    private async Task<IReadOnlyCollection<string>> InterruptAsync(CancellationToken cancellationToken)
    {
        InterruptResponse answer = await transport.CallAsync(
            (client, options) => client.InterruptAsync(
                new()
                {
                    SessionId = transport.SessionId,
                    UserContext = transport.User,
                    ClientType = SparkTransport.ClientType,
                    InterruptType = InterruptRequest.Types.InterruptType.All,
                },
                options),
            transport.Options.ConnectTimeout, cancellationToken, waitsForServer: false);
        return answer.InterruptedIds;
    }

    /// <summary>Waits until nothing runs, also what was interrupted before; servers before 4.2 cannot tell.</summary>
    private async Task StillAsync(CancellationToken cancellationToken)
    {
        try
        {
            while ((await StatusAsync(cancellationToken)).Any(s => s.State == State.Running))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unimplemented)
        {
            // The ends of what was interrupted have been seen.
        }
    }
}
