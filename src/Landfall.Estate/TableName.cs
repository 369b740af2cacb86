namespace Landfall.Estate;

/// <summary>
/// The SQL name of a table: <c>zone.unit.table</c>, where the unit is an integration or product.
/// </summary>
/// <param name="Zone">Zone id with <c>_</c> for <c>-</c>.</param>
/// <param name="Unit">Integration or product id with <c>_</c> for <c>-</c>.</param>
/// <param name="Table">Table name as the contract has it.</param>
public readonly record struct TableName(string Zone, string Unit, string Table) : IComparable<TableName>
{
    /// <summary>An id as SQL names and folders have it.</summary>
    public static string SqlName(string id) => id.Replace('-', '_');

    /// <summary>
    /// Reads <c>zone.unit.table</c>, folding it to lower case; false unless it has three non-empty parts.
    /// </summary>
    public static bool TryParse(string text, out TableName name)
    {
        string[] parts = text.ToLowerInvariant().Split('.');
        bool ok = parts.Length == 3 && parts.All(p => p.Length > 0);
        name = ok ? new(parts[0], parts[1], parts[2]) : default;
        return ok;
    }

    /// <summary>Ordinal order of zone, unit and table.</summary>
    public int CompareTo(TableName other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary><c>zone.unit.table</c>.</summary>
    public override string ToString() => $"{Zone}.{Unit}.{Table}";
}
