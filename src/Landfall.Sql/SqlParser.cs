using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Macros;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>
/// Parses one SELECT with an engine's own parser. Safe for use by several threads; make one and share it.
/// </summary>
public sealed class SqlParser
{
    /// <summary>The longest text that is parsed, in characters.</summary>
    public const int TextCharactersMax = 1_000_000;

    // Each expression is two to three levels of JSON; the walkers recurse over them.
    private const int JsonDepthMax = 1000;

    private readonly ISqlFrontEnd _frontEnd;

    /// <summary>Makes a parser.</summary>
    /// <param name="frontEnd">Parses; stays the caller's.</param>
    /// <exception cref="LandfallException">LF2001: the engine writes other syntax trees.</exception>
    public SqlParser(ISqlFrontEnd frontEnd)
    {
        _frontEnd = frontEnd;
        ParsedSql probe = Parse("probe.sql", "with a as (select 1 as x) select a.x from a");
        if (probe.Query is not { Kind: SqlQueryKind.Select, Ctes.Length: 1, Columns.Length: 1 })
        {
            throw new LandfallException(SqlCodes.Syntax,
                "The loaded DuckDB writes syntax trees that Landfall does not read. "
                + "Use the version pinned in native/.");
        }
    }

    /// <summary>Parses a text as it stands in a file, macros included.</summary>
    internal ParsedSql Parse(string file, string text)
    {
        MacroExpansion expansion = MacroExpander.Expand(file, text, MacroTarget.Syntax);
        if (text.Length > TextCharactersMax)
        {
            return Fail(expansion, SqlCodes.TooLarge, -1,
                $"The query has more than {TextCharactersMax} characters.", null);
        }

        int zero = expansion.Text.IndexOf('\0');
        if (zero >= 0)
        {
            return Fail(expansion, SqlCodes.Syntax, zero, "The query has a NUL character.", null);
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = JsonDepthMax };
            using var tree = JsonDocument.Parse(_frontEnd.SyntaxTree(expansion.Text), options);
            return Read(expansion, tree.RootElement);
        }
        catch (JsonException)
        {
            return Fail(expansion, SqlCodes.TooLarge, -1, "The query is nested too deeply.", "Split it with CTEs.");
        }
    }

    private static ParsedSql Read(MacroExpansion expansion, JsonElement root)
    {
        if (root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.True)
        {
            return ReadError(expansion, root);
        }

        ImmutableArray<SqlQuery> statements =
            new SyntaxTree(TextOffsets.BytesToIndex(expansion.Text)).ReadStatements(root);
        return statements.Length == 1
            ? new(statements[0], expansion.Map, expansion.Diagnostics)
            : Fail(expansion, SqlCodes.NotOneSelect, 0, statements.Length == 0
                ? "There is no query." : $"There are {statements.Length} statements.", "Write exactly one SELECT.");
    }

    private static ParsedSql ReadError(MacroExpansion expansion, JsonElement root)
    {
        string Text(string key) => root.TryGetProperty(key, out JsonElement found) ? found.ToString() : "";
        if (Text("error_type") == "not implemented")
        {
            return Fail(expansion, SqlCodes.NotOneSelect, 0, "This is not a SELECT.",
                "Write exactly one SELECT; PIVOT and UNPIVOT are aggregates of CASE.");
        }

        int at = long.TryParse(Text("position"), CultureInfo.InvariantCulture, out long position)
            ? TextOffsets.FromCharacters(expansion.Text, position) : 0;
        string message = Text("error_message").Trim();
        return Fail(expansion, SqlCodes.Syntax, at, char.ToUpperInvariant(message.FirstOrDefault('T'))
            + (message.Length > 1 ? message[1..] : "he query does not parse") + ".", null);
    }

    private static ParsedSql Fail(MacroExpansion expansion, string code, int at, string message, string? hint) =>
        new(null, expansion.Map, expansion.Diagnostics.Add(
            new(code, Severity.Error, expansion.Map.Locate(at), message, hint)));
}
