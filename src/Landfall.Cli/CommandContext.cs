using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Cli.Commands;
using Landfall.Cli.Serving;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Cli;

/// <summary>What one invocation of a command works with; opens the estate when asked.</summary>
/// <param name="arguments">The parsed command line.</param>
/// <param name="output">Where it writes.</param>
internal sealed class CommandContext(ParseResult arguments, CliOutput output)
{
    /// <summary>The parsed command line.</summary>
    public ParseResult Arguments { get; } = arguments;

    /// <summary>Where the command writes.</summary>
    public CliOutput Output { get; } = output;

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>Whether the command line replaces locations of file sources.</summary>
    public bool HasLocations => Arguments.GetValue(GlobalOptions.Location) is { Length: > 0 };

    /// <summary>Absolute path of the estate's folder.</summary>
    /// <exception cref="UsageException">LF4900 where there is none.</exception>
    public string EstateFolder()
    {
        string? given = Arguments.GetValue(GlobalOptions.Estate);
        string? folder = given is null
            ? Installation.Upwards(Environment.CurrentDirectory, "estate.yaml") ?? ShippedEstate()
            : Path.GetFullPath(given);
        return folder is not null && File.Exists(Path.Combine(folder, "estate.yaml"))
            ? folder
            : throw new UsageException(
                CliCodes.NoEstate,
                $"There is no estate.yaml in {folder ?? "this folder or above it"}. Name an estate's folder with "
                + "--estate DIR.");
    }

    /// <summary>The folder of the state.</summary>
    public LandfallHome Home()
    {
        string? given = Arguments.GetValue(GlobalOptions.Home);
        if (given is not null)
        {
            return new LandfallHome(Path.GetFullPath(given));
        }

        string estate = EstateFolder();
        return new LandfallHome(Path.Combine(estate == ShippedEstate() ? Installation.Root! : estate, ".landfall"));
    }

    /// <summary>Reads the estate; reports its problems on standard error.</summary>
    /// <exception cref="LandfallException">LF4909 where it has errors.</exception>
    public EstateDefinition LoadEstate()
    {
        EstateLoadResult loaded = EstateLoader.Load(EstateFolder(), Kinds.OfManifests);
        foreach (Diagnostic diagnostic in loaded.Diagnostics)
        {
            Output.Report(diagnostic);
        }

        return loaded.Estate ?? throw Invalid(loaded.Diagnostics);
    }

    /// <summary>Opens the estate on its target.</summary>
    public EngineSession OpenSession() => OpenSession(LoadEstate());

    /// <summary>Opens an estate that has been read already on its target.</summary>
    public EngineSession OpenSession(EstateDefinition estate)
    {
        Target target = TargetOf(estate);
        return new EngineSession(new EngineOptions
        {
            Estate = estate,
            Home = Home(),
            Target = target,
            Locations = LocationsOf(estate, target),
            Worker = WorkerProgram.Command(),
            Engines = BuildEngines.Names,
            Sources = SourceKinds.All,
            Products = ProductKinds.All,
            Publisher = new SqlServing(this, estate).Publisher,
            Engine = BuildEngines.Local(),
            Clock = Clock,
        });
    }

    /// <summary>The target that the command line names, or the estate's only one.</summary>
    /// <exception cref="UsageException">LF4901.</exception>
    public Target TargetOf(EstateDefinition estate)
    {
        string? given = Arguments.GetValue(GlobalOptions.Target);
        IReadOnlyList<string> names = [.. estate.Targets.Select(t => t.Name)];
        string wanted = given ?? (names.Count == 1 ? names[0] : "local");
        return estate.Targets.FirstOrDefault(t => t.Name == wanted) ?? throw new UsageException(
            CliCodes.UnknownTarget,
            $"The estate has no target {wanted}; it has {string.Join(", ", names)}. Name one with --target NAME.");
    }

    /// <summary>
    /// A command line that works from here on the same estate, home and target, for people to copy.
    /// </summary>
    public string Invocation(string command)
    {
        Option<string?>[] carried = [GlobalOptions.Estate, GlobalOptions.Home, GlobalOptions.Target];
        IEnumerable<string> given = carried
            .Select(o => (o.Name, Value: Arguments.GetValue(o)))
            .Where(o => o.Value is not null)
            .Select(o => $" {o.Name} {Quote(o.Value!)}");
        IEnumerable<string> locations =
            (Arguments.GetValue(GlobalOptions.Location) ?? []).Select(l => $" --location {Quote(l)}");
        return $"{Launcher()} {command}{string.Concat(given.Concat(locations))}";
    }

    /// <summary>The command line, after the program, of a server in the background for the same estate.</summary>
    public IReadOnlyList<string> ServeArguments() =>
    [
        "serve", ServeCommand.BackgroundOption, "--port", "0", GlobalOptions.Estate.Name, EstateFolder(),
        GlobalOptions.Home.Name, Home().Folder,
        .. Arguments.GetValue(GlobalOptions.Target) is { } target
            ? [GlobalOptions.Target.Name, target]
            : Array.Empty<string>(),
        .. (Arguments.GetValue(GlobalOptions.Location) ?? [])
            .SelectMany(l => (string[])[GlobalOptions.Location.Name, l]),
    ];

    /// <summary>The command line of this invocation, for people to copy.</summary>
    public string SameInvocation() => $"{Launcher()} {string.Join(' ', Arguments.Tokens.Select(t => Quote(t.Value)))}";

    /// <summary>A word of a command line for people to copy.</summary>
    public static string Quote(string text) =>
        text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-=+:,@%".Contains(c, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>
    /// Compiles the queries of an open estate and holds its contracts against its lake; reports the problems of both on
    /// standard error.
    /// </summary>
    public async Task<(EstateAnalysis Analysis, ImmutableArray<Diagnostic> Problems)> InspectAsync(
        EngineSession session, CancellationToken cancellationToken)
    {
        EstateAnalysis analysis = EstateAnalysis.Of(session, Clock.GetUtcNow());
        ImmutableArray<Diagnostic> problems =
            [.. analysis.Diagnostics, .. await new DriftReader(session).DiagnoseAsync(cancellationToken)];
        foreach (Diagnostic problem in problems)
        {
            Output.Report(problem);
        }

        return (analysis, problems);
    }

    /// <summary>The same for a command that goes on only where there is no error.</summary>
    /// <exception cref="LandfallException">LF4909 where there is one.</exception>
    public async Task<EstateAnalysis> AnalyseAsync(EngineSession session, CancellationToken cancellationToken)
    {
        (EstateAnalysis analysis, ImmutableArray<Diagnostic> problems) = await InspectAsync(session, cancellationToken);
        return problems.Any(p => p.Severity == Severity.Error) ? throw Invalid(problems) : analysis;
    }

    /// <summary>Compiles the queries of an open estate; reports their problems on standard error.</summary>
    /// <exception cref="LandfallException">LF4909 where they have errors.</exception>
    public EstateAnalysis Analyse(EngineSession session) => Sound(EstateAnalysis.Of(session, Clock.GetUtcNow()));

    /// <summary>Compiles an estate's queries; reports their problems on standard error.</summary>
    /// <exception cref="LandfallException">LF4909 where they have errors.</exception>
    public EstateAnalysis Analyse(EstateDefinition estate, EstateCatalog catalog)
    {
        using ILocalEngine engine = BuildEngines.Local();
        return Sound(EstateAnalysis.Of(
            engine.Sql, BuildEngines.Names, ProductKinds.All, estate, catalog, Clock.GetUtcNow()));
    }

    /// <summary>The failure that an estate with errors is.</summary>
    public static LandfallException Invalid(ImmutableArray<Diagnostic> diagnostics) => new(
        CliCodes.EstateInvalid,
        $"The estate has {Amount.Count(diagnostics.Count(d => d.Severity == Severity.Error), "error")}. Nothing was "
        + "planned or run, and no data changed. Correct them, then check with: landfall validate");

    private EstateAnalysis Sound(EstateAnalysis analysis)
    {
        foreach (Diagnostic diagnostic in analysis.Diagnostics)
        {
            Output.Report(diagnostic);
        }

        return analysis.HasErrors ? throw Invalid(analysis.Diagnostics) : analysis;
    }

    private static string Launcher()
    {
        string path = Installation.Root is null
            ? "landfall"
            : Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(Installation.Root, "landfall"));
        return Quote(path == "landfall" ? "./landfall" : path);
    }

    private static string? ShippedEstate() =>
        Installation.Root is null ? null : Path.Combine(Installation.Root, "estates", "relecloud");

    private ImmutableDictionary<string, string> LocationsOf(EstateDefinition estate, Target target)
    {
        IReadOnlyList<string> known =
        [
            .. estate.Zones.SelectMany(z => z.Integrations)
                .SelectMany(i => i.Source.Locations)
                .Concat(target.Locations.Keys)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return (Arguments.GetValue(GlobalOptions.Location) ?? [])
            .Select(text => LocationOf(text, known))
            .ToImmutableDictionary(l => l.Name, l => l.Path);
    }

    private static (string Name, string Path) LocationOf(string text, IReadOnlyList<string> known)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            throw new UsageException(CliCodes.BadLocation, $"--location {text} is not NAME=PATH.");
        }

        if (!known.Contains(parts[0]))
        {
            string hint = Spelling.Closest(parts[0], known) is { } near ? $" Did you mean {near}?" : "";
            throw new UsageException(
                CliCodes.BadLocation,
                $"The estate has no location {parts[0]}; it has {string.Join(", ", known)}.{hint}");
        }

        string path = Path.GetFullPath(parts[1]);
        return File.Exists(path) || Directory.Exists(path)
            ? (parts[0], path)
            : throw new UsageException(CliCodes.BadLocation, $"The location {parts[0]} is not there: {path}.");
    }
}
