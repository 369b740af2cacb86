using Landfall.Delta;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Lakes;

/// <summary>The Delta schema of a contract's table.</summary>
public static class ContractSchema
{
    /// <summary>
    /// Columns in the contract's order with its descriptions. Every column is nullable in Delta: what a contract
    /// requires is checked before each commit, and a table that any reader may extend needs no stricter schema.
    /// </summary>
    public static TableSchema Of(ContractTable table) =>
        new([.. table.Columns.Select(c => SchemaField.Described(c.Name, c.Type, nullable: true, c.Description))]);
}
