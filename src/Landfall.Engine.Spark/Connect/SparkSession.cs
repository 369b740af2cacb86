using System.Collections.Immutable;
using Grpc.Core;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>
/// A session of a Spark Connect server. Statements run once, also when the connection is lost on the way; several may
/// run at a time.
/// </summary>
/// <remarks>
/// Every call fails with LF4331 where the server stays away, with LF4335 where it has forgotten the session, and with
/// <see cref="SparkException"/> where Spark fails a statement.
/// </remarks>
public sealed class SparkSession : IAsyncDisposable
{
    private static readonly Version Oldest = new(3, 5);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(4);

    private readonly SparkTransport _transport;
    private readonly SparkErrors _errors;

    private SparkSession(SparkTransport transport) => (_transport, _errors) = (transport, new(transport));

    /// <summary>The id that the caller chose.</summary>
    public string Id => _transport.SessionId;

    /// <summary>Spark's version, for example <c>4.2.0</c>.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Opens a session, and asks the server for its version.</summary>
    /// <exception cref="LandfallException">
    /// LF4331: no server answers within the time to connect. LF4332: it refuses, or is older than 3.5.
    /// </exception>
    public static async Task<SparkSession> OpenAsync(
        SparkAddress address, SparkSessionOptions options, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(options.SessionId, "D", out _) || options.Tag.Contains(',')
            || options.OutageLimit > LongestOutage)
        {
            throw new ArgumentException(
                "The session needs a UUID, its tag no comma, and its outage an end within 4 minutes.",
                nameof(options));
        }

        SparkSession session = new(new(address, options));
        try
        {
            await session.GreetAsync(cancellationToken);
            return session;
        }
        catch
        {
            session._transport.Dispose();
            throw;
        }
    }

    /// <summary>
    /// From another process: interrupts everything that runs in a session, waits for its end and lets the session go.
    /// </summary>
    /// <exception cref="LandfallException">
    /// LF4331: the server is there and does not answer; where there is no server, nothing runs. LF4339: something goes
    /// on all the same.
    /// </exception>
    public static async Task InterruptAsync(
        SparkAddress address, string sessionId, CancellationToken cancellationToken)
    {
        using SparkTransport transport = new(address, new() { SessionId = sessionId });
        await new SparkInterruption(transport).RunAsync(cancellationToken);
    }

    /// <summary>Sets settings of the session, and reads them back.</summary>
    /// <exception cref="LandfallException">LF4333: one is not taken, or comes back with another value.</exception>
    public async Task ConfigureAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        Dictionary<string, SparkException> refusals = [];
        try
        {
            await SetAsync(settings, cancellationToken);
        }
        catch (SparkException)
        {
            // A refusal does not say which one it is about, and leaves out those that come after it.
            foreach (KeyValuePair<string, string> setting in settings)
            {
                try
                {
                    await SetAsync([setting], cancellationToken);
                }
                catch (SparkException e)
                {
                    refusals.Add(setting.Key, e);
                }
            }
        }

        ConfigResponse found = await ConfigAsync(
            new() { GetOption = new() { Keys = { settings.Keys } } }, cancellationToken);
        Dictionary<string, string?> values = found.Pairs.ToDictionary(
            p => p.Key, p => p.HasValue ? p.Value : null, StringComparer.Ordinal);
        if (settings.Keys.FirstOrDefault(n => values.GetValueOrDefault(n) != settings[n]) is { } odd)
        {
            SparkException? refusal = refusals.GetValueOrDefault(odd);
            string why = refusal is null ? "what it gives back is not what was set" : refusal.ErrorClass;
            throw new LandfallException(
                SparkCodes.Setting,
                $"Spark at {_transport.Address} does not take the setting {odd} of the session: {why}. No statement "
                + "ran. Take the setting out of the pool, or let the server's own configuration have it.",
                refusal);
        }
    }

    /// <summary>The value of a setting; null where it has none.</summary>
    public async Task<string?> SettingAsync(string name, CancellationToken cancellationToken)
    {
        ConfigResponse found = await ConfigAsync(new() { GetOption = new() { Keys = { name } } }, cancellationToken);
        return found.Pairs is [{ HasValue: true } pair] ? pair.Value : null;
    }

    /// <summary>Runs a command, for example DDL or an insert; a query would not be run.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        RunAsync(SparkPlans.Command(sql), sql, _ => { }, cancellationToken);

    /// <summary>Runs a query and reads its rows, which must fit in memory.</summary>
    /// <exception cref="LandfallException">LF4338: a value has no form here, or is larger than a message.</exception>
    public async Task<SparkRows> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        ArrowRows rows = new();
        await RunAsync(
            SparkPlans.Query(sql), sql,
            response =>
            {
                if (response.ArrowBatch is { } batch)
                {
                    rows.Add(batch.Data.Memory);
                }
            },
            cancellationToken);
        return rows.ToRows();
    }

    /// <summary>Makes files readable under a name, in place of what had it, until the session ends.</summary>
    public Task CreateViewAsync(string name, SparkFiles files, CancellationToken cancellationToken) =>
        files.Paths.IsEmpty
            ? throw new ArgumentException("A view needs files.", nameof(files))
            : RunAsync(SparkPlans.View(name, files), sql: "", _ => { }, cancellationToken);

    /// <summary>Writes the rows of a query into a folder that does not exist yet.</summary>
    /// <param name="write">The rows and the folder.</param>
    /// <param name="progress">Told from time to time while it runs; null for nobody.</param>
    /// <param name="cancellationToken">Interrupts it; files without <c>_SUCCESS</c> may be left then.</param>
    /// <exception cref="SparkException">Spark failed it, for example because the folder exists.</exception>
    public async Task<SparkWritten> WriteAsync(
        SparkWrite write, Action<SparkProgress>? progress, CancellationToken cancellationToken)
    {
        ImmutableSortedDictionary<string, object?> metrics =
            ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);
        SparkProgress? told = null;
        await RunAsync(
            SparkPlans.Write(write), write.Sql,
            response =>
            {
                if (response.ExecutionProgress is { } stages && ProgressOf(stages) is var now && now != told)
                {
                    told = now;
                    progress?.Invoke(now);
                }

                metrics = response.ObservedMetrics.Where(m => m.Name == SparkPlans.MetricsName)
                    .Select(SparkCells.Of).LastOrDefault(metrics);
            },
            cancellationToken);
        return new(metrics);
    }

    /// <summary>Lets the session go on the server, for a bounded time; never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transport.ReleaseSessionAsync();
        _transport.Dispose();
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        AnalyzePlanResponse answer = await CallAsync(
            (client, options) => client.AnalyzePlanAsync(
                new()
                {
                    SessionId = Id,
                    UserContext = _transport.User,
                    ClientType = SparkTransport.ClientType,
                    SparkVersion = new(),
                },
                options),
            _transport.Options.ConnectTimeout, cancellationToken);
        _transport.ServerSession = answer.ServerSideSessionId;
        Version = answer.SparkVersion?.Version ?? "";
        if (!System.Version.TryParse(Version.Split('-')[0], out Version? version) || version < Oldest)
        {
            throw new LandfallException(
                SparkCodes.Refused,
                $"What answers at {_transport.Address} is Spark {Version}, and 3.5 is the oldest that is understood. "
                + "No statement ran. Use a newer Spark.");
        }

        // Spark compresses a result with LZ4 for minutes where a few megabytes of zstd take none.
        await ConfigureAsync(
            new Dictionary<string, string> { ["spark.sql.execution.arrow.compression.codec"] = "zstd" },
            cancellationToken);
    }

    private Task<ConfigResponse> SetAsync(
        IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken) => ConfigAsync(
        new()
        {
            Set = new() { Pairs = { settings.Select(s => new KeyValue { Key = s.Key, Value = s.Value }) } },
        },
        cancellationToken);

    private Task<ConfigResponse> ConfigAsync(
        ConfigRequest.Types.Operation operation, CancellationToken cancellationToken) => CallAsync(
        (client, options) => client.ConfigAsync(
            new()
            {
                SessionId = Id,
                UserContext = _transport.User,
                ClientType = SparkTransport.ClientType,
                ClientObservedServerSideSessionId = _transport.ServerSession ?? "",
                Operation = operation,
            },
            options),
        limit: null, cancellationToken);

    private async Task<T> CallAsync<T>(
        Func<SparkConnectService.SparkConnectServiceClient, CallOptions, AsyncUnaryCall<T>> call, TimeSpan? limit,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.CallAsync(call, limit, cancellationToken);
        }
        catch (RpcException e)
        {
            throw await _errors.OfAsync(SparkFault.Of(e), sql: "", cancellationToken);
        }
    }

    private static SparkProgress ProgressOf(ExecutePlanResponse.Types.ExecutionProgress progress) => new(
        progress.Stages.Sum(s => s.InputBytesRead),
        (int)progress.Stages.Sum(s => s.NumCompletedTasks),
        (int)progress.Stages.Sum(s => s.NumTasks));

    private Task RunAsync(
        Plan plan, string sql, Action<ExecutePlanResponse> onResponse, CancellationToken cancellationToken) =>
        new SparkStatement(_transport, _errors, plan, sql).RunAsync(onResponse, cancellationToken);
}
