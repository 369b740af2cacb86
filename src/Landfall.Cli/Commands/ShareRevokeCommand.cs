using System.CommandLine;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;
using Landfall.Governance;

namespace Landfall.Cli.Commands;

/// <summary><c>share revoke</c>: the provider ends a permission.</summary>
internal sealed class ShareRevokeCommand : LandfallCommand
{
    private readonly Argument<string> _agreement = AgreementChange.Argument();
    private readonly Option<string> _by = AgreementChange.By();
    private readonly Option<string> _reason = AgreementChange.Reason();

    public ShareRevokeCommand()
        : base(
            "revoke",
            "End an agreement now. What its consumer has built stays; its next plan is refused.",
            "share revoke operations-cloud-accounts-service-to-billing-revenue-by-service "
                + "--by bilal@relecloud.example")
    {
        Add(_agreement);
        Add(_by);
        Add(_reason);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        string user = context.Arguments.GetRequiredValue(_by);
        Agreement agreement = AgreementChange.Find(estate, context.Arguments.GetRequiredValue(_agreement), user);
        string text = File.ReadAllText(Path.Combine(context.EstateFolder(), agreement.File));
        if (AgreementStates.Of(agreement, context.Clock.GetUtcNow()) is not ("active" or "pending"))
        {
            throw new UsageException(
                CliCodes.BadShare, $"{agreement.Id} permits nothing that could be revoked. Nothing was changed.");
        }

        AgreementChange.Write(
            context, agreement.File,
            AgreementEditor.Revoke(
                text, user, context.Arguments.GetValue(_reason) ?? "", context.Clock.GetUtcNow()));
        context.Output.WriteInfo(
            $"{agreement.ConsumerZone}.{agreement.ConsumerProduct} may no longer read {agreement.ProviderZone}."
            + $"{agreement.ProviderUnit}.{agreement.ProviderTable}: {agreement.File} ended and is revoked by {user}. "
            + "What was built of it stays as it is.");
        return Task.FromResult(ExitCodes.Success);
    }
}
