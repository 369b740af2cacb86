using Landfall.Azure.Compiler;
using Landfall.Estate;

namespace Landfall.Cli.Doctor;

/// <summary>Looks for the compiler that <c>azure check</c> needs, where the estate says anything of Azure.</summary>
internal static class BicepCheck
{
    private const string Name = "Bicep";

    /// <summary>Looks; starts nothing.</summary>
    /// <param name="estate">The estate, with or without errors; null where it cannot be read.</param>
    public static Finding Run(EstateDefinition? estate)
    {
        if (estate is not { Environments: [_, ..] })
        {
            return new(Name, CheckState.Ok, "the estate is not in Azure");
        }

        try
        {
            return new(Name, CheckState.Ok, BicepLocator.Find(null, Environment.GetEnvironmentVariable));
        }
        catch (LandfallException)
        {
            return new(
                Name, CheckState.Limited, "not found: azure generate works, azure check does not",
                BicepLocator.Advice);
        }
    }
}
