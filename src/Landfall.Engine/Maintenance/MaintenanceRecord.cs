using Landfall.Delta;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// What commits of maintenance do with the record that a table's last build left: they repeat it, so that it outlives
/// the log entries of that build.
/// </summary>
internal static class MaintenanceRecord
{
    /// <summary>Name of the record in <c>commitInfo</c>.</summary>
    public const string Name = "landfall";

    /// <summary>Repeats the record of the version that a transaction read; nothing where there is none.</summary>
    public static async Task CarryAsync(
        DeltaTable table, Transaction transaction, CancellationToken cancellationToken)
    {
        if (await table.FindInfoAsync(Name, transaction.ReadSnapshot!.Version, cancellationToken) is { } last)
        {
            transaction.CarryInfo(Name, last.Value);
        }
    }
}
