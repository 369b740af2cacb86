using System.Reflection;
using System.Runtime.InteropServices;
using Landfall.Cli.Output;
using Landfall.DuckDb;
using Landfall.Estate;

namespace Landfall.Cli.Commands;

/// <summary><c>version</c>: the versions of Landfall and of what it runs on.</summary>
internal sealed class VersionCommand()
    : LandfallCommand("version", "Show the versions of Landfall, .NET and DuckDB.", "version", "version --format json")
{
    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IRowWriter rows = context.Output.Rows(new("component"), new("version"));
        rows.Write(["landfall", Product()]);
        rows.Write([".net", RuntimeInformation.FrameworkDescription.Replace(".NET ", "", StringComparison.Ordinal)]);
        rows.Write(["duckdb", Engine()]);
        rows.Write(["platform", RuntimeInformation.RuntimeIdentifier]);
        rows.End();
        return Task.FromResult(ExitCodes.Success);
    }

    private static string Product() => Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>A version must show also where the native library is missing.</summary>
    private static string Engine()
    {
        try
        {
            return DuckDbLibrary.Version;
        }
        catch (Exception failure)
            when (failure is LandfallException or DllNotFoundException or TypeInitializationException)
        {
            return "not found; see landfall doctor";
        }
    }
}
