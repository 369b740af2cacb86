using System.Net.Sockets;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using RichStatus = Landfall.Engine.Spark.Protocol.Status;

namespace Landfall.Engine.Spark.Connect;

/// <summary>A failed call, as its status and the status' details tell it.</summary>
internal sealed partial record SparkFault
{
    private const string DetailsKey = "grpc-status-details-bin";

    /// <summary>What the call threw.</summary>
    public required RpcException Exception { get; init; }

    /// <summary>Spark's name of the error; empty where no Spark said it.</summary>
    public string ErrorClass { get; init; } = "";

    /// <summary>The SQLSTATE; empty where none was told.</summary>
    public string SqlState { get; init; } = "";

    /// <summary>What the server keeps the details of the error under; empty where it keeps none.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>After how long the server wants to be asked again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether Spark itself failed, not what lies between.</summary>
    public bool IsSparks { get; init; }

    /// <summary>The text of the status.</summary>
    public string Text => Exception.Status.Detail;

    /// <summary>
    /// Whether the connection was lost and not the statement. A ping that nobody answered is INTERNAL with the
    /// transport's error inside.
    /// </summary>
    public bool IsLost => RetryAfter is not null || ErrorClass == "INVALID_CURSOR.DISCONNECTED"
        || Exception.StatusCode == StatusCode.Unavailable
        || (!IsSparks && (Exception.StatusCode == StatusCode.DeadlineExceeded
            || IsTransport(Exception.Status.DebugException)));

    /// <summary>Whether there is no such session, or no server where it would be.</summary>
    public bool IsGone =>
        ErrorClass is "INVALID_HANDLE.SESSION_NOT_FOUND" or "INVALID_HANDLE.SESSION_CLOSED" || IsUnheard;

    /// <summary>Whether no connection came about.</summary>
    public bool IsUnheard => Exception.Status.DebugException is SocketException
    {
        SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain
            or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut,
    };

    /// <summary>Whether the server knows no such operation: it did not get the plan, or let it go.</summary>
    public bool IsUnknown =>
        ErrorClass is "INVALID_HANDLE.OPERATION_NOT_FOUND" or "INVALID_HANDLE.SESSION_NOT_FOUND";

    /// <summary>Whether the server has thrown away where the stream would go on; the operation may run.</summary>
    public bool IsPositionLost => ErrorClass.StartsWith("INVALID_CURSOR.", StringComparison.Ordinal) && !IsLost;

    /// <summary>Whether the operation is there already: an earlier plan of the same id came after all.</summary>
    public bool IsThere => ErrorClass == "INVALID_HANDLE.OPERATION_ALREADY_EXISTS";

    /// <summary>Reads what a call threw.</summary>
    public static SparkFault Of(RpcException exception)
    {
        var fault = new SparkFault { Exception = exception, ErrorClass = ClassInText(exception.Status.Detail) };
        if (exception.Trailers.GetValueBytes(DetailsKey) is not { } bytes)
        {
            return fault with { IsSparks = fault.ErrorClass.Length > 0 };
        }

        try
        {
            foreach (Any detail in RichStatus.Parser.ParseFrom(bytes).Details)
            {
                if (detail.TryUnpack(out ErrorInfo info))
                {
                    fault = fault with
                    {
                        IsSparks = true,
                        ErrorClass = info.Metadata.GetValueOrDefault("errorClass", fault.ErrorClass),
                        SqlState = info.Metadata.GetValueOrDefault("sqlState", ""),
                        ErrorId = info.Metadata.GetValueOrDefault("errorId", ""),
                    };
                }
                else if (detail.TryUnpack(out RetryInfo retry))
                {
                    fault = fault with { RetryAfter = retry.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero };
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // The status itself still tells that the call failed.
            return fault;
        }

        return fault;
    }

    private static bool IsTransport(Exception? exception) =>
        exception is IOException or HttpRequestException or SocketException
        || (exception?.InnerException is { } inner && IsTransport(inner));

    private static string ClassInText(string text) => Bracketed().Match(text) is { Success: true } m
        ? m.Groups[1].Value : "";

    [GeneratedRegex(@"\A\[([A-Z0-9_]+(?:\.[A-Z0-9_]+)?)\]", RegexOptions.None, 1000)]
    private static partial Regex Bracketed();
}
