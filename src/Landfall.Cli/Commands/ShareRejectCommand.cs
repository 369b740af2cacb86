using System.CommandLine;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;

namespace Landfall.Cli.Commands;

/// <summary><c>share reject</c>: the provider says no.</summary>
internal sealed class ShareRejectCommand : ShareDecisionCommand
{
    private readonly Option<string> _reason = ShareOptions.Reason();

    public ShareRejectCommand()
        : base(
            "reject",
            "Reject an agreement that was asked for, or take back one that was approved by mistake.",
            "share reject operations-cloud-accounts-service-to-billing-revenue-by-service "
                + "--by bilal@relecloud.example --reason \"ask for a month instead\"") => Add(_reason);

    protected override (string Text, string Told) Decide(
        CommandContext context, Agreement agreement, string text, string user) => (
        AgreementEditor.Reject(
            text, user, context.Arguments.GetRequiredValue(_reason), context.Clock.GetUtcNow()),
        $"{agreement.File} is rejected by {user}; nothing may be read by it.");
}
