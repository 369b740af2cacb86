using System.Collections.Frozen;

namespace Landfall.Estate.Names;

/// <summary>
/// Words that no id, table or column may be: they cannot stand unquoted where names stand in DuckDB, PostgreSQL or
/// Spark's ANSI mode.
/// </summary>
public static class ReservedWords
{
    private static readonly FrozenSet<string> Sql =
        """
        all analyse analyze and anti any array as asc asof asymmetric authorization between binary both by case cast
        check collate collation column concurrently constraint create cross current_catalog current_date current_role
        current_schema current_time current_timestamp current_user default deferrable desc describe distinct do drop
        else end escape except exists explain false fetch filter for foreign freeze from full generated glob grant
        group having ilike in initially inner insert intersect interval into is isnull join lambda lateral leading
        left like limit localtime localtimestamp map minus natural not notnull null offset on only or order outer
        overlaps pivot placing positional primary qualify references returning revoke right row select semi
        session_user set show similar some struct summarize symmetric system_user table tablesample then to trailing
        true try_cast union unique unknown unpivot update user using values variadic verbose when where window with
        within
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Catalogs =
        FrozenSet.ToFrozenSet(
            ["information_schema", "main", "memory", "pg_catalog", "public", "system", "temp"],
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name, in any case, is a reserved SQL word.</summary>
    public static bool Contains(string name) => Sql.Contains(name);

    /// <summary>
    /// Whether a zone or unit name is a reserved SQL word or what engines call their own catalogs and schemas.
    /// </summary>
    public static bool ContainsScope(string name) => Sql.Contains(name) || Catalogs.Contains(name);
}
