using System.CommandLine;
using Landfall.Azure;
using Landfall.Azure.Compiler;
using Landfall.Azure.Snapshots;
using Landfall.Cli.Output;
using Landfall.Estate;

namespace Landfall.Cli.Commands;

/// <summary>What commands about deployments to Azure share.</summary>
internal static class AzureTools
{
    private static readonly string[] Misuse =
    [
        CheckCodes.NoCompiler, CheckCodes.NoDeployments, CheckCodes.UnreadableSet, CheckCodes.NothingToCompare,
        CheckCodes.UnknownAccepted, AzureCodes.UnknownEnvironment, AzureCodes.ForeignFolder,
    ];

    /// <summary>The compiler.</summary>
    public static Option<string?> Bicep() => new("--bicep")
    {
        Description = "The Bicep compiler. Default: LANDFALL_BICEP, else the NuGet folder's, else the one on the PATH, "
            + "else that of az bicep install.",
        HelpName = "PATH",
    };

    /// <summary>The environment.</summary>
    public static Option<string?> Environment() => new("--environment")
    {
        Description = "Only this environment. Default: all that the folder has.",
        HelpName = "NAME",
    };

    /// <summary>Finds the compiler, does something that may start it, and ends it.</summary>
    public static async Task<T> WithCompilerAsync<T>(
        CommandContext context,
        string? path,
        Func<DeploymentEvaluator, Task<T>> work)
    {
        try
        {
            await using CompilerOnDemand compiler = new(
                BicepLocator.Find(path, System.Environment.GetEnvironmentVariable), BicepCompiler.DefaultPatience);
            return await work(new(compiler, new SnapshotCache(Path.Combine(context.Home().Folder, "azure"))));
        }
        catch (LandfallException failure) when (Misuse.Contains(failure.Code))
        {
            throw AsMisuse(failure);
        }
    }

    /// <summary>Does something where some failures are those of the command line.</summary>
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LandfallException failure) when (Misuse.Contains(failure.Code))
        {
            throw AsMisuse(failure);
        }
    }

    private static UsageException AsMisuse(LandfallException failure) => new(failure.Code, failure.Message);

    /// <summary>Tells people what is compiled.</summary>
    public static IProgress<string> Progress(CliOutput output) => new Lines(output);

    private sealed class Lines(CliOutput output) : IProgress<string>
    {
        public void Report(string value) => output.WriteInfo($"Evaluating {value}");
    }
}
