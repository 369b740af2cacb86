using Landfall.Azure.Compiler;
using Landfall.Estate;

namespace Landfall.Cli.Doctor;

/// <summary>Looks for the compiler that <c>azure check</c> needs, where the estate says anything of Azure.</summary>
internal static class BicepCheck
{
    private const string Name = "Bicep";

    /// <summary>Looks; starts nothing.</summary>
    public static Finding Run(CommandContext context)
    {
        if (EstateLoader.Load(context.EstateFolder(), Kinds.OfManifests).Readable is not { Environments: [_, ..] })
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
                "Install Bicep 0.49 or newer, or name it with LANDFALL_BICEP.");
        }
    }
}
