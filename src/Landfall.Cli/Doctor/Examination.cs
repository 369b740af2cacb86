using Landfall.Cli.Output;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Cli.Doctor;

/// <summary>Looks at everything that Landfall needs of a machine.</summary>
internal static class Examination
{
    private const int SdkMajor = 10;
    private const int NodeMajor = 20;
    private const long FreeBytes = 2L << 30;

    /// <summary>Looks at all of it.</summary>
    public static async Task<IReadOnlyList<Finding>> AllAsync(
        CommandContext context, CancellationToken cancellationToken)
    {
        EstateLoadResult estate = EstateLoader.Load(context.EstateFolder(), Kinds.OfManifests);
        return
        [
            await ToolAsync(".NET SDK", "dotnet", SdkMajor, "the .NET SDK 10 or later", cancellationToken),
            await ToolAsync("Node.js", "node", NodeMajor, "Node.js 20 or later", cancellationToken),
            await ToolAsync("npm", "npm", 1, "npm, which comes with Node.js", cancellationToken),
            DuckDb(),
            Confinement(),
            Disk(context),
            await ServingCheck.RunAsync(context, estate.Estate, cancellationToken),
            BicepCheck.Run(estate.Readable),
            .. await SparkCheck.RunAsync(context, estate.Estate, cancellationToken),
        ];
    }

    private static async Task<Finding> ToolAsync(
        string name, string program, int major, string needed, CancellationToken cancellationToken)
    {
        string? version = await ToolVersion.AskAsync(program, cancellationToken);
        return version switch
        {
            null => new(name, CheckState.Missing, "not found", $"Install {needed} and put it on the PATH."),
            _ when ToolVersion.MajorOf(version) < major => new(name, CheckState.Missing, version, $"Install {needed}."),
            _ => new(name, CheckState.Ok, version),
        };
    }

    private static Finding DuckDb()
    {
        try
        {
            return new("DuckDB", CheckState.Ok, DuckDbLibrary.Version);
        }
        catch (Exception failure)
            when (failure is LandfallException or DllNotFoundException or TypeInitializationException)
        {
            Exception cause = failure is TypeInitializationException { InnerException: { } inner } ? inner : failure;
            return new("DuckDB", CheckState.Missing, cause.Message, "Delete artifacts; the launcher builds anew.");
        }
    }

    private static Finding Confinement()
    {
        SandboxStatus status = WorkerSandbox.Probe();
        string kernel = status.LandlockAbi > 0 ? $"Landlock ABI {status.LandlockAbi}" : "no Landlock";
        return (status.ConfinesFiles, status.ConfinesNetwork) switch
        {
            (true, true) => new("Confinement", CheckState.Ok, $"{kernel}: workers reach their own files only"),
            (true, false) => new(
                "Confinement", CheckState.Limited, $"{kernel}: workers can open connections",
                "Use Linux 6.7 or later."),
            _ => new(
                "Confinement",
                CheckState.Limited,
                $"{kernel}: only DuckDB's own settings limit workers",
                "Use Linux 5.13 or later with landlock among its security modules."),
        };
    }

    private static Finding Disk(CommandContext context)
    {
        string folder = context.Home().Folder;
        string existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        long free = new DriveInfo(existing).AvailableFreeSpace;
        string found = $"{Amount.Bytes(free)} free for {folder}";
        return free >= FreeBytes
            ? new("Disk", CheckState.Ok, found)
            : new("Disk", CheckState.Limited, found, $"The demo needs about {Amount.Bytes(FreeBytes)}.");
    }
}
