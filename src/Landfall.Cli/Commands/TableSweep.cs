using Landfall.Cli.Output;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Cli.Commands;

/// <summary>Does the same to several tables; what fails with one does not keep it from the others.</summary>
internal static class TableSweep
{
    /// <summary>Goes through tables in order and reports failures; returns the exit code.</summary>
    public static async Task<int> RunAsync(
        CliOutput output, IReadOnlyList<CatalogTable> tables, Func<CatalogTable, Task> work)
    {
        int exit = ExitCodes.Success;
        foreach (CatalogTable table in tables)
        {
            try
            {
                await work(table);
            }
            catch (LandfallException failure)
            {
                output.Fail(failure.Code, $"{table.Name}: {failure.Message}");
                exit = ExitCodes.Failure;
            }
        }

        return exit;
    }
}
