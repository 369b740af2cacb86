using System.Diagnostics;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Reading;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Sessions;

/// <summary>
/// A worker's session of Spark: opened with the settings that Landfall pins, metered and let go at its end.
/// </summary>
internal sealed class SparkStep : IAsyncDisposable
{
    private readonly WorkerContext _context;
    private readonly RemoteEngine _engine;
    private readonly long _opened = Stopwatch.GetTimestamp();

    private SparkStep(
        WorkerContext context, RemoteEngine engine, SparkSession session, Func<string, IParquetIo> parquetOf)
    {
        (_context, _engine, Session) = (context, engine, session);
        Tables = new(session);
        Output = new SparkOutput(session, parquetOf, context);
    }

    /// <summary>The session.</summary>
    public SparkSession Session { get; }

    /// <summary>Makes tables readable in it.</summary>
    public SparkTables Tables { get; }

    /// <summary>Writes data files by it.</summary>
    public SparkOutput Output { get; }

    /// <summary>Opens the session that a worker was told of.</summary>
    /// <param name="context">The worker.</param>
    /// <param name="parquetOf">Reads footers of the table in a folder.</param>
    /// <param name="folder">A folder that the worker may write, to try whether Spark sees it; null for none.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="LandfallException">
    /// LF4330 to LF4333: there is no such session to be had. LF4345: Spark does not see the folder.
    /// </exception>
    public static async Task<SparkStep> OpenAsync(
        WorkerContext context, Func<string, IParquetIo> parquetOf, string? folder, CancellationToken cancellationToken)
    {
        var engine = RemoteEngine.Of(context.Engine);
        SparkSession session = await SparkSession.OpenAsync(
            AddressOf(engine, context), new() { SessionId = engine.Session, Tag = TagOf(engine.Session) },
            cancellationToken);
        SparkStep step = new(context, engine, session, parquetOf);
        try
        {
            await session.ConfigureAsync(
                engine.Configuration.SetItems(SparkPins.All), cancellationToken);
            if (folder is not null && engine.Probes)
            {
                await SparkPlace.ProbeAsync(session, folder, cancellationToken);
            }

            return step;
        }
        catch
        {
            await step.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address with its secrets.</summary>
    /// <exception cref="LandfallException">LF4330: it is none, or a secret is not there.</exception>
    public static SparkAddress AddressOf(RemoteEngine engine, WorkerContext context) =>
        SparkAddress.Parse(SecretReferences.Expand(engine.Address, context.Secrets) ?? "");

    /// <summary>The tag on all that a session does, by which its cost is found.</summary>
    public static string TagOf(string session) => "landfall-" + session;

    /// <summary>Asks what the session used, and lets it go; never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        _context.Remote = await SparkUsage.OfAsync(
            _engine, _engine.Session, Stopwatch.GetElapsedTime(_opened), CancellationToken.None);
        await Session.DisposeAsync();
    }
}
