using Landfall.Delta;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Storage;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>Selects over what a computation reads.</summary>
public static class ComputeSql
{
    /// <summary>A select of an input's rows.</summary>
    public static string Select(this ComputeInput input) => PinnedScan.Sql(input.Rows);

    /// <summary>A select of the rows that came and went since the last build; null for none.</summary>
    public static string? SelectChanges(this ComputeInput input) =>
        input.Changes is { } changes ? PinnedScan.Changes(input.Rows, changes) : null;

    /// <summary>A select of the rows at the last build; null where they did not change.</summary>
    public static string? SelectPrevious(this ComputeInput input) =>
        input.Previous is { } previous ? PinnedScan.Sql(previous) : null;

    /// <summary>A select of the table as it is; null where there is none.</summary>
    public static string? SelectExisting(this ComputePayload payload) =>
        payload.Existing is { } existing ? PinnedScan.Sql(existing) : null;

    /// <summary>A select with the table's columns and no row.</summary>
    public static string SelectNothing(this ComputePayload payload) =>
        DeltaScan.Sql(payload.TableFolder, TableSchema.Parse(payload.Schema), []);
}
