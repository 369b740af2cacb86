using System.Globalization;
using Landfall.Cli.Output;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Serving.Postgres;
using Relecloud.Application;
using Relecloud.Sources;

namespace Landfall.Cli.Demo;

/// <summary>
/// The source systems of the estate that ships: simulated files and an embedded PostgreSQL, below the home's
/// <c>sources</c>. What a killed call left undone the next one completes.
/// </summary>
internal sealed class DemoSources
{
    private const string EstateName = "relecloud";

    private readonly CommandContext _context;
    private readonly LandfallHome _home;
    private readonly PostgresOptions _server;
    private readonly string _daysFile;

    /// <summary>Looks at the sources of a home; changes nothing.</summary>
    public DemoSources(CommandContext context)
    {
        _context = context;
        _home = context.Home();
        _server = new PostgresOptions { DataFolder = Path.Combine(_home.Sources, "server") };
        _daysFile = Path.Combine(_home.Sources, "days");
    }

    /// <summary>
    /// Whether an estate reads the demo: Relecloud does, unless the command line says where its files are.
    /// </summary>
    public static bool Serves(EstateDefinition estate, bool hasLocations) => estate.Name == EstateName && !hasLocations;

    /// <summary>Whether sources have been made, or begun, in this home.</summary>
    public bool Exist => SourcesState.Read(_home.Sources) is not null;

    /// <summary>
    /// Makes the sources where they are missing, completes what was begun, and starts their database.
    /// </summary>
    public async Task EnsureAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        SourcesState? kept = SourcesState.Read(_home.Sources);
        await DeliverAsync(
            kept is null ? settings : new(kept.Scale, kept.Seed, WantedDays(kept), kept.Start), cancellationToken);
    }

    /// <summary>Lets days pass in sources that exist.</summary>
    public Task AdvanceAsync(int days, CancellationToken cancellationToken)
    {
        SourcesState kept = SourcesState.Read(_home.Sources) ?? throw Missing();
        return DeliverAsync(new(kept.Scale, kept.Seed, WantedDays(kept) + days, kept.Start), cancellationToken);
    }

    /// <summary>Starts the database of sources that exist.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Exist)
        {
            throw Missing();
        }

        PostgresServer server = await StartServerAsync(cancellationToken);
        _context.Output.WriteInfo($"The demo's PostgreSQL listens on {server.Host}:{server.Port}.");
    }

    /// <summary>Stops the database; false where none ran.</summary>
    public Task<bool> StopAsync(CancellationToken cancellationToken) =>
        EmbeddedPostgres.StopAsync(_server, cancellationToken);

    /// <summary>Refuses settings other than those that the sources were made with.</summary>
    public void RequireSame(double? scale, long? seed, DateOnly? from)
    {
        SourcesState kept = SourcesState.Read(_home.Sources) ?? throw Missing();
        if ((scale is { } x && x != kept.Scale) || (seed is { } n && n != kept.Seed)
            || (from is { } day && day != kept.Start))
        {
            throw new UsageException(
                CliCodes.DemoSources,
                $"The sources in {_home.Sources} were made with --scale {kept.Scale} --seed {kept.Seed} --from "
                + $"{kept.Start:yyyy-MM-dd} and stay as they are. Leave these options out, or choose another --home.");
        }
    }

    /// <summary>Says how to start the database where an estate needs it and it does not run.</summary>
    public void AdviseIfStopped(EstateDefinition estate)
    {
        if (Serves(estate, _context.HasLocations) && EmbeddedPostgres.Status(_server).State != PostgresState.Running)
        {
            _context.Output.WriteInfo(Exist
                ? $"The demo's PostgreSQL is stopped. Start it with: {_context.Invocation("demo sources start")}"
                : $"There are no source systems yet. Make them with: {_context.Invocation("demo sources")}");
        }
    }

    private async Task DeliverAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        PostgresServer server = await StartServerAsync(cancellationToken);
        Directory.CreateDirectory(_home.Sources);
        await File.WriteAllTextAsync(
            _daysFile, settings.Days.ToString(CultureInfo.InvariantCulture), cancellationToken);
        RelecloudSimulator simulator = new(
            new SourcesOptions
            {
                Folder = _home.Sources,
                SuperuserConnection = server.ConnectionString(),
                ReaderPassword = new DemoVault(_home).Password(),
                Scale = settings.Scale,
                Seed = settings.Seed,
                Start = settings.From,
            },
            new RecommenderAdviser(),
            _context.Clock);
        try
        {
            DemoProgress progress = new(_context.Output, SourcesState.Read(_home.Sources)?.Days ?? 0);
            SourcesState state = await simulator.EnsureAsync(settings.Days, progress, cancellationToken);
            _context.Output.WriteInfo($"Relecloud's source systems in {_home.Sources}: "
                + $"{Amount.Count(state.Days, "day")} from {state.Start:yyyy-MM-dd}, scale {state.Scale}, "
                + $"seed {state.Seed}.");
        }
        catch (SourcesException failure)
        {
            throw new LandfallException(CliCodes.DemoSources, failure.Message, failure);
        }
    }

    private async Task<PostgresServer> StartServerAsync(CancellationToken cancellationToken)
    {
        PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(_server, cancellationToken);
        new DemoVault(_home).KeepPort(server.Port);
        return server;
    }

    /// <summary>Days asked for, which a killed call may not have reached.</summary>
    private int WantedDays(SourcesState kept)
    {
        string text = File.Exists(_daysFile) ? File.ReadAllText(_daysFile) : "";
        int asked = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) ? days : 0;
        return Math.Max(asked, kept.Days);
    }

    private UsageException Missing() => new(
        CliCodes.DemoSources,
        $"There are no demo sources in {_home.Sources}. Make them with: {_context.Invocation("demo sources")}");
}
