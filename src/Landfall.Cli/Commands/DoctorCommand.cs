using Landfall.Cli.Doctor;
using Landfall.Cli.Output;

namespace Landfall.Cli.Commands;

/// <summary><c>doctor</c>: what this machine has and lacks.</summary>
internal sealed class DoctorCommand() : LandfallCommand(
    "doctor",
    "Say what this machine has and lacks: SDK, Node.js, native libraries, worker confinement, disk.",
    "doctor",
    "doctor --format json")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await Examination.AllAsync(context, cancellationToken);
        IRowWriter rows = context.Output.Rows(new("check"), new("state"), new("found"), new("advice"));
        foreach (Finding finding in findings)
        {
            rows.Write([finding.Check, finding.State.ToString().ToLowerInvariant(), finding.Found, finding.Advice]);
        }

        rows.End();
        int missing = findings.Count(f => f.State == CheckState.Missing);
        context.Output.WriteInfo(
            missing == 0 ? "Landfall can run here." : $"{Amount.Count(missing, "thing")} missing.");
        return missing == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
