using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Sql.Tests.Portable;

/// <summary>A table of generated rows, which the cases read; its first column <c>id</c> counts them.</summary>
/// <param name="Name">The table's last name; the others are <c>z</c> and <c>u</c>.</param>
/// <param name="Columns">The other columns, for example <c>a int</c>.</param>
/// <param name="Rows">Values as text; null is NULL.</param>
public sealed record PortableTable(
    string Name, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string?>> Rows)
{
    /// <summary>Its name in queries.</summary>
    public TableName FullName { get; } = new("z", "u", Name);

    /// <summary>Its contract.</summary>
    public ContractTable Contract { get; } = SqlFixture.Table(Name, ["id int", .. Columns]);

    /// <summary>The names of columns of a type.</summary>
    public IEnumerable<string> Of(string type) =>
        Columns.Select(c => c.Split(' ')).Where(c => c[1] == type).Select(c => c[0]);

    /// <summary>A DuckDB select of the rows, of a table that is too long to be written out.</summary>
    public string? Source { get; init; }

    /// <summary>The rows as a DuckDB select.</summary>
    public string Select()
    {
        if (Source is not null)
        {
            return Source;
        }

        IEnumerable<string> rows = Rows.Select((row, id) => "(" + string.Join(
            ", ", row.Select(Literal).Prepend(id.ToString(CultureInfo.InvariantCulture))) + ")");
        IEnumerable<string> columns = Contract.Columns.Select(c =>
            $"cast({c.Name} as {SqlTypes.Name(c.Type, SqlDialect.DuckDb)}) as {c.Name}");
        string names = string.Join(", ", Contract.Columns.Select(c => c.Name));
        return $"select {string.Join(", ", columns)} from (values {string.Join(", ", rows)}) as v({names})";
    }

    private static string Literal(string? value) => value is null ? "null" : SqlText.Literal(value);
}
