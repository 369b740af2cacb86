using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.DuckDb;
using Landfall.Engine.Sql.Macros;
using Landfall.Engine.Sql.Text;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Sql;

/// <summary>
/// Binds a model to empty tables of its inputs' contracts, in a database of its own in memory: the engine itself says
/// which columns and types come out, or what does not fit.
/// </summary>
public static partial class SqlBinder
{
    /// <summary>Binds a model and holds its columns against its contract.</summary>
    /// <param name="analysis">The model; it must have no errors.</param>
    /// <param name="inputs">The columns of every table there is, system columns of enriched tables included.</param>
    /// <param name="contract">The table the model builds; null to learn its columns only.</param>
    public static SqlBinding Bind(
        SqlAnalysis analysis, IReadOnlyDictionary<TableName, ContractTable> inputs, ContractTable? contract)
    {
        ImmutableArray<Diagnostic> unknown =
        [
            .. analysis.Inputs.Where(i => !inputs.ContainsKey(i.Name)).Select(i => new Diagnostic(
                SqlCodes.UnknownTable, Severity.Error, i.Location, $"There is no table {i.Name}.",
                Suggestion.Hint(i.Name.ToString(), inputs.Keys.Select(n => n.ToString()))
                    ?? "landfall show lists the tables.")),
        ];
        if (!unknown.IsEmpty)
        {
            return new([], unknown);
        }

        string body = SqlCompiler.WithoutSemicolon(analysis.Text);
        MacroExpansion expansion = MacroExpander.Expand(analysis.File, body, MacroTarget.DuckDb);
        try
        {
            ImmutableArray<BoundColumn> columns = Describe(analysis, inputs, expansion.Text);
            return new(columns, contract is null ? []
                : [.. ContractComparison.Check(columns, contract, name =>
                    analysis.OutputPlaces.GetValueOrDefault(name, expansion.Map.LocateOriginal(0)))]);
        }
        catch (DuckDbException error)
        {
            return new([], [Explain(error.Message, expansion)]);
        }
    }

    private static ImmutableArray<BoundColumn> Describe(
        SqlAnalysis analysis, IReadOnlyDictionary<TableName, ContractTable> inputs, string body)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["threads"] = "1",
            ["autoload_known_extensions"] = "false",
            ["autoinstall_known_extensions"] = "false",
        });
        using DuckDbConnection connection = database.Connect();
        foreach (string zone in analysis.Inputs.Select(i => i.Name.Zone).Distinct())
        {
            connection.Execute($"attach ':memory:' as {SqlName.DuckDb(zone)}");
        }

        foreach (TableReference input in analysis.Inputs)
        {
            connection.Execute(Create(input.Name, inputs[input.Name]));
        }

        connection.Execute("set TimeZone = 'UTC'");
        connection.Execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'");
        connection.Execute("set enable_external_access = false");
        using DuckDbResult result = connection.Query("describe " + body);
        return [.. result.Rows().Select(row => new BoundColumn((string)row[0]!, (string)row[1]!))];
    }

    private static string Create(TableName name, ContractTable table)
    {
        string schema = $"{SqlName.DuckDb(name.Zone)}.{SqlName.DuckDb(name.Unit)}";
        IEnumerable<string> columns = table.Columns.Select(
            c => $"{SqlName.DuckDb(c.Name)} {SqlTypes.Name(c.Type, SqlDialect.DuckDb)}");
        return $"create schema if not exists {schema}; "
            + $"create table {schema}.{SqlName.DuckDb(name.Table)} ({string.Join(", ", columns)})";
    }

    // DuckDB ends its messages with "LINE 3: select …" and a caret below the place, which lead back to the file.
    private static Diagnostic Explain(string message, MacroExpansion expansion)
    {
        SourceLocation place = expansion.Map.LocateOriginal(0);
        Match line = Excerpt().Match(message);
        string[] lines = expansion.Text.Split('\n');
        if (line.Success && int.TryParse(line.Groups["line"].Value, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= lines.Length)
        {
            int column = Column(line, lines[number - 1], number == 1 ? "describe ".Length : 0);
            place = expansion.Map.Locate(lines.Take(number - 1).Sum(l => l.Length + 1) + column);
        }

        string text = (line.Success ? message[..line.Index] : message).Trim().ReplaceLineEndings(" ");
        text = ErrorKind().Replace(text, "");
        return new(SqlCodes.Binding, Severity.Error, place,
            $"The query does not fit its tables: {text.TrimEnd('.', '!')}.");
    }

    // The excerpt is cut on both sides of a long line, with "..." in place of what is left out.
    private static int Column(Match match, string line, int added)
    {
        int caret = match.Groups["caret"].Length - $"LINE {match.Groups["line"].Value}: ".Length;
        string excerpt = match.Groups["text"].Value;
        int cut = 0;
        if (excerpt.StartsWith("...", StringComparison.Ordinal))
        {
            string shown = excerpt[3..].TrimEnd('.');
            cut = Math.Max(line.IndexOf(shown, StringComparison.Ordinal), 0) - 3;
            added = 0;
        }

        return Math.Clamp(caret + cut - added, 0, line.Length);
    }

    [GeneratedRegex(@"\s*LINE (?<line>\d+): (?<text>[^\n]*)\n(?<caret> *)\^", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Excerpt();

    [GeneratedRegex(@"^(\w+ )?Error: ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ErrorKind();
}
