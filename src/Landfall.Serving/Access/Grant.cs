namespace Landfall.Serving.Access;

/// <summary>A right of a role in a unit's schema.</summary>
/// <param name="Table">The table; empty for the schema itself.</param>
/// <param name="Column">The column; empty for the whole table.</param>
/// <param name="Role">The role; empty for everybody.</param>
/// <param name="Privilege">The right, as PostgreSQL names it, in capitals.</param>
/// <param name="Grantable">Whether the role may give it on, which none of ours may.</param>
internal sealed record Grant(string Table, string Column, string Role, string Privilege, bool Grantable = false)
{
    /// <summary>The statement that gives it.</summary>
    public string GiveIn(string schema) => $"grant {Right} on {On(schema)} to {To}";

    /// <summary>The statement that takes it, and what was given on.</summary>
    public string TakeIn(string schema) => $"revoke {Right} on {On(schema)} from {To} cascade";

    /// <summary>As a phrase, for people.</summary>
    public override string ToString() =>
        $"{Privilege} of {(Role.Length == 0 ? "everybody" : Role)} on "
        + (Table.Length == 0 ? "the schema" : Column.Length == 0 ? Table : $"{Table}.{Column}");

    private string Right => Column.Length == 0 ? Privilege : $"{Privilege} ({PgSql.Name(Column)})";

    private string To => Role.Length == 0 ? "public" : PgSql.Name(Role);

    private string On(string schema) => Table.Length == 0
        ? $"schema {PgSql.Name(schema)}"
        : $"table {PgSql.Name(schema, Table)}";
}
