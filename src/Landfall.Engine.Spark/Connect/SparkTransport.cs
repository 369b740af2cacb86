using Grpc.Core;
using Grpc.Net.Client;
using Landfall.Engine.Spark.Protocol;
using Client = Landfall.Engine.Spark.Protocol.SparkConnectService.SparkConnectServiceClient;

namespace Landfall.Engine.Spark.Connect;

/// <summary>The connection to a server, and what every call of a session has in common.</summary>
internal sealed class SparkTransport : IDisposable
{
    /// <summary>Says who calls, in the server's logs.</summary>
    public const string ClientType = "landfall";

    private const int MaximumMessage = 128 << 20;

    private readonly GrpcChannel _channel;
    private readonly Metadata _headers = [];

    public SparkTransport(SparkAddress address, SparkSessionOptions options)
    {
        (Address, Options) = (address, options);
        User = new() { UserId = address.UserId, UserName = address.UserId };
        foreach ((string name, string value) in address.Headers)
        {
            _headers.Add(name, value);
        }

        _channel = GrpcChannel.ForAddress($"{(address.UseSsl ? "https" : "http")}://{address}", new()
        {
            HttpHandler = options.Handler ?? new SocketsHttpHandler
            {
                ConnectTimeout = options.ConnectTimeout,
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = options.PingDelay,
                KeepAlivePingTimeout = options.PingTimeout,
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                // A proxy passes HTTP/2 through only where it is encrypted.
                UseProxy = address.UseSsl,
            },
            DisposeHttpClient = true,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = SparkOutage.LongestPause,
            MaxReceiveMessageSize = MaximumMessage,
            MaxSendMessageSize = MaximumMessage,
        });
        Client = new(_channel);
    }

    public SparkAddress Address { get; }

    public SparkSessionOptions Options { get; }

    public string SessionId => Options.SessionId;

    public UserContext User { get; }

    public Client Client { get; }

    /// <summary>The server's own name of the session, by which it tells a restart; null before it said it.</summary>
    public string? ServerSession { get; set; }

    /// <summary>Options of a stream: it has no end in time, for pings see whether the server lives.</summary>
    public CallOptions Stream() => new(_headers);

    /// <summary>
    /// Makes a call that runs no statement and may be made again, and makes it again while the server is gone.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="limit">How long the server may be gone; null for what the session's options say.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="waitsForServer">Whether a server may come that no connection finds yet.</param>
    /// <exception cref="RpcException">It failed, or the server stayed away.</exception>
    public async Task<T> CallAsync<T>(
        Func<Client, CallOptions, AsyncUnaryCall<T>> call, TimeSpan? limit, CancellationToken cancellationToken,
        bool waitsForServer = true)
    {
        SparkOutage outage = new(limit ?? Options.OutageLimit);
        while (true)
        {
            TimeSpan timeout = limit < Options.CallTimeout ? limit.Value : Options.CallTimeout;
            CallOptions options = new(
                _headers, (TimeProvider.System.GetUtcNow() + timeout).UtcDateTime, cancellationToken);
            try
            {
                using AsyncUnaryCall<T> answer = call(Client, options);
                return await answer.ResponseAsync;
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                SparkFault fault = SparkFault.Of(e);
                if (!fault.IsLost || (fault.IsUnheard && !waitsForServer)
                    || !await outage.PauseAsync(fault.RetryAfter, cancellationToken))
                {
                    throw;
                }
            }
            catch (RpcException e)
            {
                throw new OperationCanceledException("A call to Spark was cancelled.", e, cancellationToken);
            }
        }
    }

    /// <summary>Lets the session go, for a bounded time; never throws.</summary>
    public async Task ReleaseSessionAsync()
    {
        try
        {
            await CallAsync(
                (client, options) => client.ReleaseSessionAsync(
                    new() { SessionId = SessionId, UserContext = User, ClientType = ClientType }, options),
                Options.ReleaseTimeout, CancellationToken.None);
        }
        catch (RpcException)
        {
            // A session that is not let go ends by itself after an hour.
        }
    }

    public void Dispose() => _channel.Dispose();
}
