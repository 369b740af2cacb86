using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Landfall.Estate;

namespace Landfall.Sql.Text;

/// <summary>
/// Puts an engine's relations in the place of <c>zone.unit.table</c>, on tokens: a table that has no alias gets its own
/// name as one, so that columns keep their names.
/// </summary>
internal sealed class TableRenamer
{
    private const int TableParts = 3;

    /// <summary>What may follow a table that has no alias.</summary>
    private static readonly FrozenSet<string> Clauses = (
        "where join inner left right full cross semi anti on using group order having limit offset union except "
        + "intersect window qualify natural").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableArray<SqlToken> _tokens;
    private readonly IReadOnlyDictionary<TableName, string> _relations;
    private readonly SqlDialect _dialect;
    private readonly StringBuilder _output = new();
    private readonly TextMap _map;

    private TableRenamer(string text, IReadOnlyDictionary<TableName, string> relations, SqlDialect dialect)
    {
        _tokens = SqlLexer.Read(text);
        _relations = relations;
        _dialect = dialect;
        _map = new("", text);
    }

    /// <summary>The renamed text and the way back to the given one.</summary>
    /// <param name="text">A query, macros expanded, that the linter passed.</param>
    /// <param name="relations">Relations as the engine's SQL names them, by table in lower case.</param>
    /// <param name="dialect">How the engine quotes names.</param>
    public static (string Text, TextMap Map) Rename(
        string text, IReadOnlyDictionary<TableName, string> relations, SqlDialect dialect)
    {
        var renamer = new TableRenamer(text, relations, dialect);
        renamer.Run();
        return (renamer._output.ToString(), renamer._map);
    }

    private void Run()
    {
        _map.Add(0, 0, verbatim: true);
        for (int i = 0; i < _tokens.Length; i++)
        {
            List<int> chain = ChainAt(i);
            if (chain.Count < TableParts || Find(chain) is not { } found)
            {
                int last = chain.Count > 0 ? chain[^1] : i;
                _output.AppendJoin("", _tokens[i..(last + 1)].Select(t => t.Value));
                i = last;
                continue;
            }

            i = chain[found.Parts - 1];
            _map.Add(_output.Length, _tokens[chain[0]].Start, verbatim: false);
            _output.Append(Replacement(chain, found.Table, found.Parts));
            _map.Add(_output.Length, _tokens[i].End, verbatim: true);
        }
    }

    /// <summary>Tokens of names with dots between them, from a token on; empty where it is no name.</summary>
    private List<int> ChainAt(int at)
    {
        List<int> chain = [];
        for (int name = at; name < _tokens.Length && IsName(_tokens[name]);)
        {
            chain.Add(name);
            int dot = NextAfter(name);
            if (dot >= _tokens.Length || !_tokens[dot].Is("."))
            {
                break;
            }

            name = NextAfter(dot);
        }

        return chain;
    }

    /// <summary>
    /// The table that a chain begins with, and how many of its names that takes: three, or two where a column is named
    /// by <c>unit.table.column</c>.
    /// </summary>
    private (TableName Table, int Parts)? Find(List<int> chain)
    {
        string[] names = [.. chain.Take(TableParts).Select(i => NameOf(_tokens[i]))];
        TableName whole = new(names[0], names[1], names[2]);
        if (_relations.ContainsKey(whole))
        {
            return (whole, TableParts);
        }

        foreach (TableName table in _relations.Keys.Where(t => (t.Unit, t.Table) == (names[0], names[1])))
        {
            return (table, TableParts - 1);
        }

        return null;
    }

    /// <summary>A column is named by its table's alias; a table gets an alias if it has none.</summary>
    private string Replacement(List<int> chain, TableName table, int parts)
    {
        string alias = SqlName.Quote(table.Table, _dialect);
        if (chain.Count > parts)
        {
            return alias;
        }

        int next = NextAfter(chain[^1]);
        bool hasAlias =
            next < _tokens.Length && IsName(_tokens[next]) && !Clauses.Contains(_tokens[next].Value);
        return hasAlias ? _relations[table] : $"{_relations[table]} as {alias}";
    }

    private int NextAfter(int at)
    {
        int next = at + 1;
        while (next < _tokens.Length && _tokens[next].IsTrivia)
        {
            next++;
        }

        return next;
    }

    private static bool IsName(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    private static string NameOf(SqlToken token) => (token.Kind == SqlTokenKind.QuotedName
        ? token.Value.Trim('"') : token.Value).ToLowerInvariant();
}
