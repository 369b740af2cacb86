using System.CommandLine;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Manifests;

namespace Landfall.Cli.Commands;

/// <summary><c>share reject</c>: the provider says no.</summary>
internal sealed class ShareRejectCommand : LandfallCommand
{
    private readonly Argument<string> _agreement = AgreementChange.Argument();
    private readonly Option<string> _by = AgreementChange.By();
    private readonly Option<string> _reason = AgreementChange.Reason();

    public ShareRejectCommand()
        : base(
            "reject",
            "Reject an agreement that was asked for, or take back one that was approved by mistake.",
            "share reject operations-cloud-accounts-service-to-billing-revenue-by-service "
                + "--by bilal@relecloud.example --reason \"ask for a month instead\"")
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
        AgreementChange.Write(
            context, agreement.File,
            AgreementEditor.Reject(
                text, user, context.Arguments.GetValue(_reason) ?? "", context.Clock.GetUtcNow()));
        context.Output.WriteInfo($"{agreement.File} is rejected by {user}; nothing may be read by it.");
        return Task.FromResult(ExitCodes.Success);
    }
}
