using System.CommandLine;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;

namespace Landfall.Cli.Commands;

/// <summary><c>share approve</c>: the provider lets the consumer read.</summary>
internal sealed class ShareApproveCommand : LandfallCommand
{
    private readonly Argument<string> _agreement = AgreementChange.Argument();
    private readonly Option<string> _by = AgreementChange.By();

    public ShareApproveCommand()
        : base(
            "approve",
            "Approve an agreement: its consumer may read from now on, as far as it says.",
            "share approve operations-cloud-accounts-service-to-billing-revenue-by-service "
                + "--by bilal@relecloud.example")
    {
        Add(_agreement);
        Add(_by);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        string user = context.Arguments.GetRequiredValue(_by);
        Agreement agreement = AgreementChange.Find(estate, context.Arguments.GetRequiredValue(_agreement), user);
        string text = File.ReadAllText(Path.Combine(context.EstateFolder(), agreement.File));
        AgreementChange.Write(context, agreement.File, AgreementEditor.Approve(text, user, context.Clock.GetUtcNow()));
        context.Output.WriteInfo(
            $"{agreement.ConsumerZone}.{agreement.ConsumerProduct} may read {agreement.ProviderZone}."
            + $"{agreement.ProviderUnit}.{agreement.ProviderTable}: {agreement.File} is approved and signed by {user}. "
            + $"See what permits what with: {context.Invocation("plan")}");
        return Task.FromResult(ExitCodes.Success);
    }
}
