using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;
using Error = Landfall.Engine.Spark.Protocol.FetchErrorDetailsResponse.Types.Error;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Turns failed calls into diagnostics.</summary>
/// <param name="transport">Where the calls went, and where Spark is asked for details.</param>
internal sealed class SparkErrors(SparkTransport transport)
{
    private const string Lost =
        "What it did in Spark is lost, and no commit was made. Run again: that starts it anew.";

    /// <summary>The diagnostic of a call that failed.</summary>
    /// <param name="fault">How it failed.</param>
    /// <param name="sql">The statement whose places are told; empty for none.</param>
    /// <param name="cancellationToken">Ends asking for details.</param>
    public async Task<LandfallException> OfAsync(
        SparkFault fault, string sql, CancellationToken cancellationToken)
    {
        RpcException cause = fault.Exception;
        return fault.ErrorClass switch
        {
            "INVALID_HANDLE.SESSION_CHANGED" or "INVALID_HANDLE.SESSION_NOT_FOUND" => new LandfallException(
                SparkCodes.SessionLost,
                $"Spark at {transport.Address} was restarted, or forgot the session, while a statement ran. {Lost}",
                cause),
            "INVALID_HANDLE.SESSION_CLOSED" => new LandfallException(
                SparkCodes.SessionLost,
                $"The session at Spark ({transport.Address}) was closed while a statement ran, as the next run does "
                + $"with the session of one that was killed. {Lost}",
                cause),
            "INVALID_HANDLE.OPERATION_NOT_FOUND" or "INVALID_HANDLE.OPERATION_ABANDONED"
                or "INVALID_CURSOR.POSITION_NOT_FOUND" or "INVALID_CURSOR.POSITION_NOT_AVAILABLE" =>
                new LandfallException(
                    SparkCodes.StatementLost,
                    $"Spark at {transport.Address} no longer knows the statement that was followed "
                    + $"({fault.ErrorClass}). It was not sent a second time, for it may have run. {Lost}",
                    cause),
            "OPERATION_CANCELED" => new LandfallException(
                SparkCodes.Interrupted,
                $"The statement was interrupted at Spark ({transport.Address}) by somebody else: the next run, or an "
                + $"operator. {Lost}",
                cause),
            _ when fault.IsSparks => Of(fault, sql, await DetailsAsync(fault, cancellationToken)),
            _ => OfStatus(fault),
        };
    }

    /// <summary>The diagnostic of a server that ends every stream as soon as it is there.</summary>
    public LandfallException Away() => Unreachable("it ends every answer before it is whole.", cause: null);

    /// <summary>The server stayed away, or refused a call before any Spark saw it.</summary>
    private LandfallException OfStatus(SparkFault fault) => fault.Exception.StatusCode switch
    {
        _ when fault.IsLost => Unreachable(fault.Text, fault.Exception),
        StatusCode.ResourceExhausted => new(
            SparkCodes.Result,
            $"A result of Spark at {transport.Address} is larger than a message may be, 128 MiB: {fault.Text} Nothing "
            + "was changed by reading. Select fewer or shorter values.",
            fault.Exception),
        StatusCode code => new(
            SparkCodes.Refused,
            $"What answers at {transport.Address} refuses the session: {code}, {fault.Text} No commit was made. "
            + "Correct the pool's address, its token or its headers, then run again.",
            fault.Exception),
    };

    private LandfallException Unreachable(string text, Exception? cause) => new(
        SparkCodes.Unreachable,
        $"Spark at {transport.Address} does not answer: {text} No commit was made. Start it, or correct the pool's "
        + "address, then run again.",
        cause);

    private async Task<FetchErrorDetailsResponse?> DetailsAsync(
        SparkFault fault, CancellationToken cancellationToken)
    {
        if (fault.ErrorId.Length == 0)
        {
            return null;
        }

        try
        {
            return await transport.CallAsync(
                (client, options) => client.FetchErrorDetailsAsync(
                    new()
                    {
                        SessionId = transport.SessionId,
                        UserContext = transport.User,
                        ClientType = SparkTransport.ClientType,
                        ErrorId = fault.ErrorId,
                    },
                    options),
                transport.Options.ReleaseTimeout, cancellationToken);
        }
        catch (RpcException)
        {
            // The status tells less, and enough.
            return null;
        }
    }

    /// <summary>The innermost error with a class is the cause: those around it say that a task failed.</summary>
    private static SparkException Of(
        SparkFault fault, string sql, FetchErrorDetailsResponse? details)
    {
        Error[] chain = [.. Chain(details)];
        Error? told = chain.LastOrDefault(e => e.SparkThrowable is { HasErrorClass: true });
        string text = told?.Message is { Length: > 0 } message ? message : fault.Text;
        string errorClass = told?.SparkThrowable.ErrorClass ?? fault.ErrorClass;
        return SparkText.SaysExecutorLost(chain, fault.Text)
            ? new(
                SparkCodes.Executor, errorClass, told?.SparkThrowable.SqlState ?? fault.SqlState, context: null,
                "An executor of Spark ran out of memory or was lost while it ran a statement. No commit was made. Give "
                + "the executors more memory or let a task do less (spark.executor.memory, "
                + "spark.sql.shuffle.partitions), then run again.",
                fault.Exception)
            : new(
                SparkCodes.Statement, errorClass, told?.SparkThrowable.SqlState ?? fault.SqlState,
                told?.SparkThrowable.QueryContexts.Select(c => PlaceOf(c, sql)).FirstOrDefault(p => p is not null)
                    ?? SparkText.Place(text, sql),
                SparkText.Plain(text) is { Length: > 0 } plain ? plain : "Spark failed without saying why.",
                fault.Exception);
    }

    private static IEnumerable<Error> Chain(FetchErrorDetailsResponse? details)
    {
        int? at = details is { HasRootErrorIdx: true } ? details.RootErrorIdx : null;
        // The causes of a damaged answer could go round in circles.
        for (int i = 0; i < details?.Errors.Count && at >= 0 && at < details.Errors.Count; i++)
        {
            Error error = details.Errors[at.Value];
            yield return error;
            at = error.HasCauseIdx ? error.CauseIdx : null;
        }
    }

    /// <summary>A place in the statement; null for one in a view or in the expression of a metric.</summary>
    private static SparkErrorContext? PlaceOf(FetchErrorDetailsResponse.Types.QueryContext context, string sql)
    {
        (int start, int end) = (context.StartIndex, context.StopIndex + 1);
        return start >= 0 && start < end && end <= sql.Length && sql[start..end] == context.Fragment
            ? new(start, end - 1, context.Fragment)
            : null;
    }
}
