using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Sql;

namespace Landfall.Cli.Commands;

/// <summary><c>validate</c>: every problem of the estate's files and SQL in one pass.</summary>
internal sealed class ValidateCommand() : LandfallCommand(
    "validate",
    "Check the estate's files, SQL and policies of Azure, and its contracts against the lake; show every problem with "
    + "place and fix.",
    "validate",
    "validate --estate estates/focus",
    "validate --format json")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateLoadResult loaded = EstateLoader.Load(context.EstateFolder(), Kinds.OfManifests);
        IReadOnlyList<Diagnostic> found =
        [
            .. loaded.Diagnostics,
            .. CheckSql(loaded, context.Clock),
            .. loaded.Readable is null ? [] : PolicyTools.Diagnose(loaded.Readable, context.Clock),
            .. await CheckContractsAsync(context, loaded.Estate, cancellationToken),
        ];
        Write(context.Output, found);
        int errors = found.Count(d => d.Severity == Severity.Error);
        int warnings = found.Count - errors;
        context.Output.WriteInfo(errors + warnings == 0
            ? context.Output.PeopleInk.Green("Valid") + ": " + Describe(loaded.Estate!)
            : $"{Amount.Count(errors, "error")}, {Amount.Count(warnings, "warning")}.");
        return errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>What a lake was written under binds the contracts; an estate that never ran is free.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> CheckContractsAsync(
        CommandContext context, EstateDefinition? estate, CancellationToken cancellationToken)
    {
        if (estate is null || !estate.Targets.Any(t => Directory.Exists(context.Home().LakeRoot(t))))
        {
            return [];
        }

        using EngineSession session = context.OpenSession(estate);
        return await new DriftReader(session).DiagnoseAsync(cancellationToken);
    }

    /// <summary>
    /// Problems of SQL. Where manifests have errors, those of the text itself and of tables that could be read: what a
    /// manifest that is wrong says of tables and access is not held against the SQL.
    /// </summary>
    private static IEnumerable<Diagnostic> CheckSql(EstateLoadResult loaded, TimeProvider clock)
    {
        if (loaded.Readable is not { } estate)
        {
            return [];
        }

        using ILocalEngine engine = BuildEngines.Local();
        try
        {
            IEnumerable<Diagnostic> found = EstateAnalysis.Of(
                engine.Sql, BuildEngines.Names, ProductKinds.All, estate, new EstateCatalog(estate),
                clock.GetUtcNow()).Diagnostics;
            return loaded.Estate is not null
                ? found
                : found.Where(d => d.Code.StartsWith("LF20", StringComparison.Ordinal)
                    && d.Code != SqlCodes.UnknownTable && d.Location.File.EndsWith(".sql", StringComparison.Ordinal));
        }
        catch (Exception failure) when (loaded.Estate is null
            && failure is ArgumentException or InvalidOperationException or KeyNotFoundException or LandfallException)
        {
            // Two tables of one name, or a unit without what its kind needs: its own error is shown already.
            return [];
        }
    }

    private static void Write(CliOutput output, IReadOnlyList<Diagnostic> found)
    {
        if (output.Format == OutputFormat.Table)
        {
            foreach (Diagnostic diagnostic in found)
            {
                output.Data.WriteLine(diagnostic);
            }

            return;
        }

        IRowWriter rows = output.Rows(
            new("file"), new("line", true), new("column", true), new("severity"), new("code"), new("message"),
            new("hint"));
        foreach (Diagnostic d in found)
        {
            string severity = d.Severity.ToString().ToLowerInvariant();
            rows.Write([d.Location.File, d.Location.Line, d.Location.Column, severity, d.Code, d.Message, d.Hint]);
        }

        rows.End();
    }

    private static string Describe(EstateDefinition estate) =>
        $"{estate.Name} has {Amount.Count(estate.Zones.Length, "landing zone")}, "
        + $"{Amount.Count(estate.Zones.Sum(z => z.Integrations.Length), "integration")} and "
        + $"{Amount.Count(estate.Zones.Sum(z => z.Products.Length), "product")}.";
}
