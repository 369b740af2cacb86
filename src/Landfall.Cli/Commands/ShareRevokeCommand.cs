using System.CommandLine;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;
using Landfall.Governance;

namespace Landfall.Cli.Commands;

/// <summary><c>share revoke</c>: the provider ends a permission.</summary>
internal sealed class ShareRevokeCommand : ShareDecisionCommand
{
    private readonly Option<string> _reason = ShareOptions.Reason();

    public ShareRevokeCommand()
        : base(
            "revoke",
            "End an agreement now. What its consumer has built stays; its next plan is refused.",
            "share revoke operations-cloud-accounts-service-to-billing-revenue-by-service "
                + "--by bilal@relecloud.example") => Add(_reason);

    protected override (string Text, string Told) Decide(
        CommandContext context, Agreement agreement, string text, string user)
    {
        DateTimeOffset now = context.Clock.GetUtcNow();
        if (AgreementStates.Of(agreement, now) is not ("active" or "pending"))
        {
            throw new UsageException(
                CliCodes.BadShare, $"{agreement.Id} permits nothing that could be revoked. Nothing was changed.");
        }

        (string consumer, string table) = PartiesOf(agreement);
        return (
            AgreementEditor.Revoke(text, user, context.Arguments.GetRequiredValue(_reason), now),
            $"{consumer} may no longer read {table}: {agreement.File} ended and is revoked by {user}. What was "
            + "built of it stays as it is.");
    }
}
