using System.Buffers.Binary;
using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using RichStatus = Landfall.Engine.Spark.Protocol.Status;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>
/// Answers calls as told, in place of a server, for what a real one does rarely. Calls that open, configure or let go
/// are answered by themselves; each call of a statement takes the next answer.
/// </summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Queue<Func<Answer>> _answers = new();
    private readonly List<string> _operations = [];
    private int _responses;

    /// <summary>The calls that came, as <c>Method operation last-response</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The tags of the last statement.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>The headers of the last call.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Spark's version as it is told.</summary>
    public string Version { get; init; } = "4.2.0";

    /// <summary>An operation that runs whatever is done about it; null for none.</summary>
    public string? Runs { get; init; }

    /// <summary>What a call of any kind is refused with; null for none.</summary>
    public StatusCode? Refusal { get; init; }

    /// <summary>The calls of statements.</summary>
    public IEnumerable<string> Statements =>
        Calls.Where(c => c.StartsWith("Execute", StringComparison.Ordinal)
            || c.StartsWith("Reattach", StringComparison.Ordinal));

    /// <summary>Responses, then the end that Spark gives a stream that has more to come.</summary>
    public ScriptedServer Sends(params ExecutePlanResponse[] responses) => Next(new(responses, null, IsCut: false));

    /// <summary>Responses, then a connection that breaks.</summary>
    public ScriptedServer Breaks(params ExecutePlanResponse[] responses) => Next(new(responses, null, IsCut: true));

    /// <summary>An error of Spark's.</summary>
    public ScriptedServer Fails(string errorClass, string text = "What is wrong.", IMessage? detail = null) =>
        Next(new([], Error(errorClass, text, detail), IsCut: false));

    /// <summary>An error of what is not Spark.</summary>
    public ScriptedServer Refuses(StatusCode code) =>
        Next(new([], new() { Code = (int)code, Message = "No." }, IsCut: false));

    /// <summary>The last answer again and again.</summary>
    public ScriptedServer ForEver()
    {
        Func<Answer> last = _answers.Last();
        foreach (int _ in Enumerable.Range(0, 1000))
        {
            _answers.Enqueue(last);
        }

        return this;
    }

    /// <summary>A response with the next id: r1, r2, …</summary>
    public ExecutePlanResponse Response(Action<ExecutePlanResponse>? fill = null)
    {
        ExecutePlanResponse response = new() { ResponseId = $"r{++_responses}" };
        fill?.Invoke(response);
        return response;
    }

    /// <summary>The response that says that no more come.</summary>
    public ExecutePlanResponse Complete() => Response(r => r.ResultComplete = new());

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            Headers[name] = string.Join(',', values);
        }

        return ToHttp(Answered(request.RequestUri!.Segments[^1], body.AsMemory(5)));
    }

    private static RichStatus Error(string errorClass, string text, IMessage? detail) => new()
    {
        Code = (int)StatusCode.Internal,
        Message = $"[{errorClass}] {text}",
        Details =
        {
            Any.Pack(new ErrorInfo
            {
                Reason = "org.apache.spark.SparkException", Domain = "org.apache.spark",
                Metadata = { ["errorClass"] = errorClass, ["sqlState"] = "HY000" },
            }),
            detail is null ? [] : [Any.Pack(detail)],
        },
    };

    private ScriptedServer Next(Answer answer)
    {
        _answers.Enqueue(() => answer);
        return this;
    }

    private Answer Answered(string method, ReadOnlyMemory<byte> body)
    {
        if (Refusal is { } code)
        {
            return new([], new() { Code = (int)code, Message = "No." }, IsCut: false);
        }

        switch (method)
        {
            case "AnalyzePlan":
                Calls.Add(method);
                return One(new AnalyzePlanResponse
                {
                    ServerSideSessionId = "server", SparkVersion = new() { Version = Version },
                });
            case "Config":
                Calls.Add(method);
                ConfigRequest config = ConfigRequest.Parser.ParseFrom(body.Span);
                return One(new ConfigResponse
                {
                    Pairs =
                    {
                        (config.Operation.GetOption?.Keys ?? []).Select(k => new KeyValue { Key = k, Value = "zstd" }),
                    },
                });
            case "ExecutePlan":
                ExecutePlanRequest execute = ExecutePlanRequest.Parser.ParseFrom(body.Span);
                Tags = [.. execute.Tags];
                Calls.Add($"{method} {Named(execute.OperationId)}");
                return _answers.Dequeue()();
            case "ReattachExecute":
                ReattachExecuteRequest attach = ReattachExecuteRequest.Parser.ParseFrom(body.Span);
                Calls.Add($"{method} {Named(attach.OperationId)} {attach.LastResponseId}".TrimEnd());
                return _answers.Dequeue()();
            case "ReleaseExecute":
                ReleaseExecuteRequest release = ReleaseExecuteRequest.Parser.ParseFrom(body.Span);
                Calls.Add($"{method} {Named(release.OperationId)} {release.ReleaseUntil?.ResponseId ?? "all"}");
                return One(new ReleaseExecuteResponse());
            case "Interrupt":
                Calls.Add($"{method} {Named(InterruptRequest.Parser.ParseFrom(body.Span).OperationId)}".TrimEnd());
                return One(new InterruptResponse { InterruptedIds = { Runs is null ? [] : [Runs] } });
            case "ReleaseSession":
                Calls.Add(method);
                return One(new ReleaseSessionResponse());
            case "GetStatus" when Runs is not null:
                return One(new GetStatusResponse
                {
                    OperationStatuses =
                    {
                        new GetStatusResponse.Types.OperationStatus
                        {
                            OperationId = Runs,
                            State = GetStatusResponse.Types.OperationStatus.Types.OperationState.Running,
                        },
                    },
                });
            default:
                Calls.Add(method);
                return new([], new() { Code = (int)StatusCode.Unimplemented, Message = method }, IsCut: false);
        }
    }

    private static Answer One(IMessage message) => new([message], null, IsCut: false);

    /// <summary>Operations by the order in which they came first: a, b, …</summary>
    private string Named(string operation)
    {
        if (operation.Length > 0 && !_operations.Contains(operation))
        {
            _operations.Add(operation);
        }

        return operation.Length == 0 ? "" : $"{(char)('a' + _operations.IndexOf(operation))}";
    }

    private static HttpResponseMessage ToHttp(Answer answer)
    {
        MemoryStream body = new();
        foreach (IMessage message in answer.Messages)
        {
            byte[] bytes = message.ToByteArray();
            byte[] prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), bytes.Length);
            body.Write(prefix);
            body.Write(bytes);
        }

        body.Position = 0;
        HttpResponseMessage response = new(HttpStatusCode.OK)
        {
            Version = HttpVersion.Version20,
            Content = new StreamContent(answer.IsCut ? new BreakingStream(body) : body),
        };
        response.Content.Headers.ContentType = new("application/grpc");
        response.TrailingHeaders.Add("grpc-status", $"{answer.Error?.Code ?? 0}");
        if (answer.Error is { } error)
        {
            response.TrailingHeaders.Add("grpc-message", Uri.EscapeDataString(error.Message));
            response.TrailingHeaders.Add("grpc-status-details-bin", Convert.ToBase64String(error.ToByteArray()));
        }

        return response;
    }

    private sealed record Answer(IReadOnlyCollection<IMessage> Messages, RichStatus? Error, bool IsCut);

    /// <summary>Ends as a connection does that is reset.</summary>
    private sealed class BreakingStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            inner.Read(buffer, offset, count) is var read && (read > 0 || count == 0) ? read
            : throw new IOException("reset");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
