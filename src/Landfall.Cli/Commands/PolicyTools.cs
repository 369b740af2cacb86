using System.Collections.Immutable;
using Landfall.Azure;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Cli.Commands;

/// <summary>What commands about policies of Azure share.</summary>
internal static class PolicyTools
{
    /// <summary>What is wrong with the policies of an estate; nothing is loaded where it has none.</summary>
    public static ImmutableArray<Diagnostic> Diagnose(EstateDefinition estate, TimeProvider clock)
    {
        if (EstatePolicies.Files(estate).All(f => f.Files.IsEmpty))
        {
            return [];
        }

        PolicyLibrary library = EstatePolicies.Read(estate, clock.GetUtcNow());
        return [.. library.Diagnostics, .. PolicyEvaluator.CheckFields(library)];
    }

    /// <summary>The policies of a folder, or of the estate.</summary>
    /// <exception cref="UsageException">LF5332: there is none.</exception>
    public static PolicyLibrary Read(CommandContext context, string? folder)
    {
        PolicyLibrary library;
        try
        {
            library = folder is null
                ? EstatePolicies.Read(context.LoadEstate(), context.Clock.GetUtcNow())
                : PolicyFiles.Read(Path.GetFullPath(folder));
        }
        catch (LandfallException failure) when (failure.Code == PolicyCodes.NoPolicies)
        {
            throw new UsageException(failure.Code, failure.Message);
        }

        if (library.Count == 0 && library.Diagnostics.IsEmpty)
        {
            throw new UsageException(
                PolicyCodes.NoPolicies,
                "The estate has no policies. Write them into management/policies, or name a folder with "
                + "--policies DIR.");
        }

        foreach (Diagnostic diagnostic in library.Diagnostics.Concat(PolicyEvaluator.CheckFields(library)))
        {
            context.Output.Report(diagnostic);
        }

        return library;
    }

    /// <summary>An outcome's word in its colour.</summary>
    public static string Ink(CommandContext context, PolicyOutcome outcome) => outcome switch
    {
        PolicyOutcome.Denied => context.Output.DataInk.Red(OutcomeNames.Of(outcome)),
        PolicyOutcome.Unknown or PolicyOutcome.Audited => context.Output.DataInk.Yellow(OutcomeNames.Of(outcome)),
        PolicyOutcome.Compliant => context.Output.DataInk.Green(OutcomeNames.Of(outcome)),
        _ => OutcomeNames.Of(outcome),
    };

    /// <summary>Whether a result keeps a deployment from being made: it refuses, or may refuse.</summary>
    public static bool Refuses(PolicyResult result) => result.Outcome == PolicyOutcome.Denied
        || (result.Outcome == PolicyOutcome.Unknown && result.CanRefuse);
}
