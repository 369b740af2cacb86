using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Landfall.Estate.Contracts;

namespace Landfall.Serving.Schemas;

/// <summary>The statements that make a unit's schema, in the schema of any name.</summary>
/// <param name="unit">The unit.</param>
/// <param name="server">The server's version.</param>
internal sealed class SchemaScript(ServedUnit unit, Version server)
{
    /// <summary>The first version that has foreign keys which it does not enforce.</summary>
    private static readonly Version _unenforced = new(18, 0);

    /// <summary>The trigger that notes changes of others than us.</summary>
    private const string Trigger = "landfall_note";

    /// <summary>A hash of what makes the schema what it is; descriptions are not in it.</summary>
    public string Structure => Hash([.. Tables(unit.Schema), .. Keys(unit.Schema)]);

    /// <summary>A hash of its descriptions.</summary>
    public string Texts => Hash(Comments(unit.Schema));

    /// <summary>The schema and its tables, without keys.</summary>
    public ImmutableArray<string> Tables(string schema) =>
    [
        $"create schema {PgSql.Name(schema)}",
        .. unit.Tables.Select(t => $"create table {PgSql.Name(schema, t.Name.Table)} "
            + $"({string.Join(", ", t.Contract.Columns.Select(Column))})"),
    ];

    /// <summary>Keys, indexes and triggers, which are made when the rows are there.</summary>
    public ImmutableArray<string> Keys(string schema) =>
    [
        .. unit.Tables.SelectMany(t => KeysOf(schema, t)),
        .. server < _unenforced ? [] : unit.Tables.SelectMany(t => RelationshipsOf(schema, t)),
        .. unit.Tables.SelectMany(t => TriggersOf(schema, t)),
    ];

    /// <summary>Titles and descriptions, with a mark before those of the schema and its tables.</summary>
    public ImmutableArray<string> Comments(string schema, string mark = "") =>
    [
        $"comment on schema {PgSql.Name(schema)} is {PgSql.TextOrNull(Marked(unit.Title, mark))}",
        .. unit.Tables.SelectMany(t => CommentsOf(schema, t, mark)),
    ];

    private static string Marked(string text, string mark) =>
        mark.Length == 0 ? text : $"[Not up to date: {mark}] {text}";

    private static string Column(ContractColumn column) =>
        $"{PgSql.Name(column.Name)} {PostgresTypes.Name(column.Type)}{(column.Required ? " not null" : "")}";

    private static IEnumerable<string> KeysOf(string schema, ServedTable table)
    {
        string name = PgSql.Name(schema, table.Name.Table);
        foreach (ContractKey key in table.Contract.Keys)
        {
            string kind = key.IsPrimary ? "primary key" : "unique";
            yield return $"alter table {name} add {kind} ({PgSql.Names(key.Columns)})";
        }

        if (table.Partition is { } partition && !table.Contract.Keys.Any(k => k.Columns[0] == partition))
        {
            yield return $"create index on {name} ({PgSql.Name(partition)})";
        }
    }

    /// <summary>
    /// What tools make relationships of. Rows are the lake's, which answers for them: the server does not check.
    /// </summary>
    private IEnumerable<string> RelationshipsOf(string schema, ServedTable table) =>
        table.Contract.Relationships.Select(r => InOrderOfKey(r)).Select(r =>
            $"alter table {PgSql.Name(schema, table.Name.Table)} add foreign key ({PgSql.Names(r.Columns)}) "
            + $"references {PgSql.Name(schema, r.Table)} ({PgSql.Names(r.TargetColumns)}) not enforced");

    /// <summary>
    /// The same with columns in the order of the key: Power BI, Excel and JDBC pair the columns of both sides by their
    /// positions, whatever the constraint says.
    /// </summary>
    private ContractRelationship InOrderOfKey(ContractRelationship relationship)
    {
        ContractKey key = unit.Tables.Single(t => t.Name.Table == relationship.Table).Contract.Keys.First(k =>
            k.Columns.Length == relationship.TargetColumns.Length
            && k.Columns.All(c => relationship.TargetColumns.Contains(c)));
        return relationship with
        {
            Columns = [.. key.Columns.Select(c => relationship.Columns[relationship.TargetColumns.IndexOf(c)])],
            TargetColumns = key.Columns,
        };
    }

    private static IEnumerable<string> TriggersOf(string schema, ServedTable table)
    {
        string name = PgSql.Name(schema, table.Name.Table);
        yield return $"create trigger {Trigger} after insert or update or delete or truncate on {name} "
            + "for each statement execute function landfall.note_change()";
        yield return $"alter table {name} enable always trigger {Trigger}";
    }

    private static IEnumerable<string> CommentsOf(string schema, ServedTable table, string mark)
    {
        string name = PgSql.Name(schema, table.Name.Table);
        yield return $"comment on table {name} is "
            + PgSql.TextOrNull(Marked(table.Contract.Description, mark));
        foreach (ContractColumn column in table.Contract.Columns)
        {
            yield return $"comment on column {name}.{PgSql.Name(column.Name)} is "
                + PgSql.TextOrNull(column.Description);
        }
    }

    private static string Hash(IEnumerable<string> statements) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', statements))))[..32];
}
