using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb;

/// <summary>
/// Makes tables of the lake visible in a DuckDB instance under their SQL names: a catalogue a zone, a schema a unit,
/// a view a table, so that queries run as they stand.
/// </summary>
internal static class Relations
{
    /// <summary>Attaches tables, each as a select over data files.</summary>
    public static void Attach(DuckDbConnection connection, IReadOnlyCollection<(TableName Name, string Select)> tables)
    {
        foreach (string zone in tables.Select(t => t.Name.Zone).Distinct())
        {
            connection.Execute($"attach if not exists ':memory:' as {SqlName.DuckDb(zone)}");
        }

        foreach ((string zone, string unit) in tables.Select(t => (t.Name.Zone, t.Name.Unit)).Distinct())
        {
            connection.Execute($"create schema if not exists {SqlName.DuckDb(zone)}.{SqlName.DuckDb(unit)}");
        }

        foreach ((TableName name, string select) in tables)
        {
            string[] parts = [SqlName.DuckDb(name.Zone), SqlName.DuckDb(name.Unit), SqlName.DuckDb(name.Table)];
            connection.Execute($"create view {string.Join('.', parts)} as {select}");
        }
    }
}
