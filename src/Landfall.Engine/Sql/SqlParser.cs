using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Landfall.DuckDb;
using Landfall.Engine.Sql.Macros;
using Landfall.Engine.Sql.Syntax;
using Landfall.Engine.Sql.Text;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Sql;

/// <summary>
/// Parses one SELECT with DuckDB's own parser, in a database of its own that reaches nothing outside memory.
/// </summary>
/// <remarks>Safe for use by several threads; calls wait for each other. Open one and share it.</remarks>
public sealed class SqlParser : IDisposable
{
    /// <summary>The longest text that is parsed, in characters.</summary>
    public const int TextCharactersMax = 1_000_000;

    // Each expression is two to three levels of JSON; the walkers recurse over them.
    private const int JsonDepthMax = 1000;

    private readonly Lock _gate = new();
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    /// <summary>Opens the parser.</summary>
    /// <exception cref="LandfallException">LF2001: the loaded DuckDB writes other syntax trees.</exception>
    public SqlParser()
    {
        _database = DuckDbDatabase.Open(null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["enable_external_access"] = "false",
            ["autoload_known_extensions"] = "false",
            ["autoinstall_known_extensions"] = "false",
            ["allow_community_extensions"] = "false",
            ["threads"] = "1",
        });
        _connection = _database.Connect();
        ParsedSql probe = Parse("probe.sql", "with a as (select 1 as x) select a.x from a");
        if (probe.Query is not { Kind: SqlQueryKind.Select, Ctes.Length: 1, Columns.Length: 1 })
        {
            throw new LandfallException(SqlCodes.Syntax,
                "The loaded DuckDB writes syntax trees that Landfall does not read. "
                + "Use the version pinned in native/.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
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
            using var tree = JsonDocument.Parse(Serialize(expansion.Text), options);
            return Read(expansion, tree.RootElement);
        }
        catch (JsonException)
        {
            return Fail(expansion, SqlCodes.TooLarge, -1, "The query is nested too deeply.", "Split it with CTEs.");
        }
    }

    private string Serialize(string sql)
    {
        lock (_gate)
        {
            using DuckDbStatement statement = _connection.Prepare("select json_serialize_sql(cast(? as varchar))");
            statement.Bind(1, sql);
            using DuckDbResult result = statement.Query();
            return result.Rows().Select(row => row[0] as string).FirstOrDefault() ?? "{}";
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
