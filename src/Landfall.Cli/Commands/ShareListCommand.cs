using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;
using Landfall.Governance;

namespace Landfall.Cli.Commands;

/// <summary><c>share list</c>: who may read what of other zones, and until when.</summary>
internal sealed class ShareListCommand : LandfallCommand
{
    private readonly Option<bool> _open = new("--open") { Description = "Only those that wait for a decision." };

    public ShareListCommand()
        : base(
            "list",
            "List the agreements between zones: what is shared with whom, how it stands and until when.",
            "share list",
            "share list --open --format json") => Add(_open);

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = context.Clock.GetUtcNow();
        bool open = context.Arguments.GetValue(_open);
        IRowWriter rows = context.Output.Rows(
            new("agreement"), new("table"), new("columns"), new("consumer"), new("state"), new("until"),
            new("reassess"), new("signed_by"), new("purpose"));
        foreach (Agreement agreement in context.LoadEstate().Zones.SelectMany(z => z.Agreements)
            .OrderBy(a => a.Id, StringComparer.Ordinal))
        {
            string state = AgreementStates.Of(agreement, now);
            if (open && state is not ("requested" or "unsigned"))
            {
                continue;
            }

            rows.Write(
            [
                agreement.Id,
                new TableName(
                    TableName.SqlName(agreement.ProviderZone), TableName.SqlName(agreement.ProviderUnit),
                    agreement.ProviderTable).ToString(),
                agreement.Columns.IsEmpty ? "all" : string.Join(", ", agreement.Columns),
                $"{agreement.ConsumerZone}.{agreement.ConsumerProduct}", state, Day(agreement.End),
                Day(agreement.Reassessment), agreement.SignedBy, agreement.Purpose,
            ]);
        }

        rows.End();
        return Task.FromResult(ExitCodes.Success);
    }

    private static string? Day(DateTimeOffset? time) => time is { } at ? AgreementEditor.Instant(at) : null;
}
