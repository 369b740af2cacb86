using System.CommandLine;
using System.Globalization;
using Landfall.Cli.Output;
using Landfall.Delta.Checking;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Checking;

namespace Landfall.Cli.Commands;

/// <summary><c>delta check</c>: whether a table is what its log says.</summary>
internal sealed class DeltaCheckCommand : LandfallCommand
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);

    private readonly Argument<string> _path = DeltaPath.Create();

    private readonly Option<long?> _version = new("--version")
    {
        Description = "Check the data files of this version, not of the newest.",
        HelpName = "N",
    };

    private readonly Option<bool> _deep = new("--deep")
    {
        Description = "Decode every value too, also of columns without statistics.",
    };

    public DeltaCheckCommand()
        : base(
            "check",
            "Check a Delta table: every file, statistic, checkpoint and checksum. Exit code 1 where one is wrong.",
            "delta check .landfall/local/lake/billing/enriched/invoices/invoice_line",
            "delta check lake/orders --version 12 --deep",
            "delta check lake/orders --format json")
    {
        Add(_path);
        Add(_version);
        Add(_deep);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(context.Arguments.GetRequiredValue(_path));
        CheckOptions options = new()
        {
            Version = context.Arguments.GetValue(_version),
            Deep = context.Arguments.GetValue(_deep),
        };
        using DuckDbDatabase database = Databases.Large();
        var progress = new Progress(context.Output, context.Clock);
        IRowWriter rows = context.Output.Rows(
            new("severity"), new("code"), new("file"), new("problem"), new("meaning"), new("action"));
        int[] counts = new int[Enum.GetValues<CheckSeverity>().Length];
        await foreach (CheckFinding finding in new TableChecker(folder, database, context.Clock)
            .CheckAsync(options, progress, cancellationToken))
        {
            counts[(int)finding.Severity]++;
            rows.Write(
            [
                Word(finding.Severity), finding.Code, finding.File, finding.Problem, finding.Meaning, finding.Action,
            ]);
        }

        rows.End();
        int errors = counts[(int)CheckSeverity.Error];
        context.Output.WriteInfo(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Last.Files} files and {progress.Last.Versions} log entries checked: {errors} errors, "
            + $"{counts[(int)CheckSeverity.Warning]} warnings, {counts[(int)CheckSeverity.Information]} notes."));
        return errors > 0 ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static string Word(CheckSeverity severity) =>
        severity == CheckSeverity.Information ? "note" : severity.ToString().ToLowerInvariant();

    /// <summary>A line on standard error from time to time.</summary>
    private sealed class Progress(CliOutput output, TimeProvider clock) : IProgress<CheckProgress>
    {
        private long _said = clock.GetTimestamp();

        public CheckProgress Last { get; private set; }

        public void Report(CheckProgress value)
        {
            Last = value;
            if (clock.GetElapsedTime(_said) >= ProgressEvery)
            {
                _said = clock.GetTimestamp();
                output.WriteInfo(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value.Versions} log entries, {value.Files} of {value.FilesInAll} files checked so far."));
            }
        }
    }
}
