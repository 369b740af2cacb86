using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;

namespace Landfall.Cli.Commands;

/// <summary><c>share approve</c>: the provider lets the consumer read.</summary>
internal sealed class ShareApproveCommand() : ShareDecisionCommand(
    "approve",
    "Approve an agreement: its consumer may read from now on, as far as it says.",
    "share approve operations-cloud-accounts-service-to-billing-revenue-by-service --by bilal@relecloud.example")
{
    protected override (string Text, string Told) Decide(
        CommandContext context, Agreement agreement, string text, string user)
    {
        (string consumer, string table) = PartiesOf(agreement);
        return (
            AgreementEditor.Approve(text, user, context.Clock.GetUtcNow()),
            $"{consumer} may read {table}: {agreement.File} is approved and signed by {user}. See what permits what "
            + $"with: {context.Invocation("plan")}");
    }
}
