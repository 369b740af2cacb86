using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Names;
using Landfall.Governance;

namespace Landfall.Cli.Commands;

/// <summary>A command by which an owner decides on an agreement.</summary>
internal abstract class ShareDecisionCommand : LandfallCommand
{
    private readonly Argument<string> _agreement = new("AGREEMENT")
    {
        Description = "An agreement's id, as share list shows it.",
    };

    private readonly Option<string> _by = ShareOptions.By();

    /// <summary>Makes the command.</summary>
    protected ShareDecisionCommand(string name, string description, string example)
        : base(name, description, example)
    {
        Add(_agreement);
        Add(_by);
    }

    /// <summary>Decides.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="text">Its file's text.</param>
    /// <param name="user">Who decides, and may.</param>
    /// <returns>The file's new text, and what to tell.</returns>
    protected abstract (string Text, string Told) Decide(
        CommandContext context, Agreement agreement, string text, string user);

    /// <summary>What an agreement is about: <c>zone.product may read zone.unit.table</c> without the verb.</summary>
    protected static (string Consumer, string Table) PartiesOf(Agreement agreement) => (
        $"{agreement.ConsumerZone}.{agreement.ConsumerProduct}",
        $"{agreement.ProviderZone}.{agreement.ProviderUnit}.{agreement.ProviderTable}");

    /// <inheritdoc/>
    protected sealed override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        string user = context.Arguments.GetRequiredValue(_by);
        Agreement agreement = Find(estate, context.Arguments.GetRequiredValue(_agreement));
        AgreementOwners.Require(estate, agreement, user);
        string text = File.ReadAllText(Path.Combine(context.EstateFolder(), agreement.File));
        (string decided, string told) = Decide(context, agreement, text, user);
        EstateEdit.Write(context, agreement.File, decided);
        context.Output.WriteInfo(told);
        return Task.FromResult(ExitCodes.Success);
    }

    private static Agreement Find(EstateDefinition estate, string id)
    {
        ImmutableArray<Agreement> all = [.. estate.Zones.SelectMany(z => z.Agreements)];
        return all.FirstOrDefault(a => a.Id == id) ?? throw new UsageException(
            CliCodes.BadShare,
            $"There is no agreement {id}. Nothing was changed. {Spelling.Hint(id, all.Select(a => a.Id))}");
    }
}
