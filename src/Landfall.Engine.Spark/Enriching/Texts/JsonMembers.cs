using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Spark.Enriching.Values;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>
/// JSON objects as rows, strictly by RFC 8259, by regular expressions: Spark's own reader changes the text of numbers,
/// keeps one of doubled keys, and does not look at what follows the object.
/// </summary>
internal static class JsonMembers
{
    /// <summary>A pattern: white space of JSON.</summary>
    public const string Space = @"[ \t\r\n]*+";

    /// <summary>A pattern: a number of JSON.</summary>
    public const string Number = @"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+";

    /// <summary>A text whose halves of surrogate pairs come together; loops are possessive, so that none recurs.
    /// </summary>
    private const string Text = """
        "(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u(?:[0-9a-ce-fA-CE-F][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2}|
        """ + @"[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})))*+""";

    private const string InnerText =
        """
        "(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"
        """;

    private const string LooseText = """
        "(?:[^"\\]++|\\[\s\S])*+"
        """;

    /// <summary>Levels of arrays and objects in a field.</summary>
    private const int Depth = 64;

    // Characters that JSON holds nowhere: they end names and values.
    private const string AfterName = "\u0001";
    private const string AfterValue = "\u0002";

    private static readonly string _member =
        $@"\G(?:^{Space}\{{|(?!^)){Space}({Text}){Space}:{Space}"
        + $@"({Text}|{Number}|true|false|null|{Nested(Depth)}){Space}(?:,|\}}{Space}\z)";

    /// <summary>A pattern: brackets that close, to a depth; of which kind they are is asked later.</summary>
    public static string Nested(int depth)
    {
        string nested = "(?!)";
        for (int level = 0; level < depth; level++)
        {
            nested = $@"[\[{{](?:[^\[\]{{}}""]++|{LooseText}|{nested})*+[\]}}]";
        }

        return nested;
    }

    /// <summary>
    /// The fields <c>t0</c>, <c>t1</c>… of records as texts, what is <c>_kept</c> of a record, what is <c>_broken</c>
    /// of it, which columns are <c>_present</c>, and the names that are <c>_unknown</c>.
    /// </summary>
    /// <param name="records">A select of <c>_line</c>, <c>_bytes</c>, <c>_valid</c> and more, which stays.</param>
    /// <param name="columns">The contract's columns.</param>
    /// <param name="shape">What most records are like; null where that is not known.</param>
    public static string Fields(string records, ImmutableArray<EnrichColumn> columns, JsonShape? shape)
    {
        ImmutableArray<string> shaped = shape?.Found(columns) ?? [];
        string names = string.Join(", ", columns.Select(c => SparkSql.Text(c.SourceName)));
        string known = $"array({names})";
        string found = string.Join(", ", columns.Select((c, i) =>
            $"if(_cells is null, get(_values, cast(array_position(_names, {SparkSql.Text(c.SourceName)}) as int) - 1), "
            + $"get(_cells, {shaped.IndexOf(c.SourceName)})) as r{i}"));
        string texts = string.Join(", ", columns.Select((_, i) =>
            $"case when _cells is not null then {Cell($"r{i}")} when _whole then {Value($"r{i}")} end as t{i}"));
        string present = string.Join(", ", columns.Select((_, i) => $"if(r{i} is null, '0', '1')"));
        string always = string.Concat(columns.Select(c => shaped.Contains(c.SourceName) ? '1' : '0'));
        string more = string.Join(", ", (shape?.Names ?? []).Except(shaped).Select(SparkSql.Text));
        return $"""
            select *, if(_cells is not null or _whole, null, coalesce(_unread, '{Rules.Malformed}')) as _broken,
            {texts}, case when _cells is not null then '{always}' when _whole then concat({present}) else '' end
            as _present, case when _cells is not null then cast(array({more}) as array<string>)
            when _whole then array_except(_names, {known}) else cast(array() as array<string>) end as _unknown from (
            select *, {found} from ({Members(Cells(records, columns, shape), known)}))
            """;
    }

    /// <summary>Adds the <c>_cells</c> of records of a shape: a text with the mark that begins it, or a word.</summary>
    private static string Cells(string records, ImmutableArray<EnrichColumn> columns, JsonShape? shape)
    {
        string unread = $"select *, {TextLines.Unread} as _unread from ({records})";
        if (shape is null || shape.Found(columns).IsEmpty)
        {
            return $"select *, cast(null as array<string>) as _cells from ({unread})";
        }

        string groups = string.Concat(shape.Found(columns).Select((_, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{AfterValue}${(2 * i) + 1}${(2 * i) + 2}")));
        return $"""
            select *, if(startswith(_shaped, '{AfterName}') and not startswith(_line, '{AfterName}'),
            split(substr(_shaped, 3), '{AfterValue}'), null) as _cells from (
            select *, if(_unread is null, regexp_replace(_line, {SparkSql.Text(shape.Pattern(columns))},
            '{AfterName}{groups}'), null) as _shaped from ({unread}))
            """;
    }

    /// <summary>Adds <c>_names</c> and <c>_values</c> of records of any shape, and whether they are <c>_whole</c>.
    /// </summary>
    private static string Members(string records, string known)
    {
        string once = "size(array_distinct(_names)) = size(_names) or "
            + $"size(filter(_names, n -> array_contains({known}, n))) = size(array_intersect(_names, {known}))";
        string nested = "forall(_values, v -> not startswith(v, '[') and not startswith(v, '{') or "
            + $"{IsNested("v")})";
        return $"""
            select *, coalesce(({once}) and (not _nests or {nested}), false) as _whole from (
            select *, if(_escapes,
            transform(_parts, m -> {Name($"substring_index(m, '{AfterName}', 1)")}),
            transform(_parts, m -> {Inner($"substring_index(m, '{AfterName}', 1)")})) as _names,
            transform(_parts, m -> substr(m, instr(m, '{AfterName}') + 1)) as _values from (
            select *, case when endswith(_members, '{AfterValue}')
            and (endswith(_line, '{"}"}') or regexp_like(_line, {SparkSql.Text(@"\}[ \t\r\n]++\z")}))
            then split(substr(_members, 1, length(_members) - 1), '{AfterValue}')
            when regexp_like(_members, {SparkSql.Text($@"^{Space}\{{{Space}\}}{Space}\z")})
            then cast(array() as array<string>) end as _parts, instr(_members, chr(92)) > 0 as _escapes,
            instr(_members, '{AfterName}[') + instr(_members, '{AfterName}{"{"}') > 0 as _nests,
            {TextLines.Beginning("_line")} as _kept from (
            select *, case when _unread is null and _cells is null
            and instr(_line, '{AfterName}') + instr(_line, '{AfterValue}') = 0
            then regexp_replace(_line, {SparkSql.Text(_member)}, '$1{AfterName}$2{AfterValue}') end as _members
            from ({records}))))
            """;
    }

    /// <summary>A cell of a shape as text; null for null and for none.</summary>
    private static string Cell(string raw) =>
        $"case when startswith({raw}, '\"') then substr({raw}, 2) when {raw} <> 'null' then {raw} end";

    /// <summary>A value as text; null for null and for none.</summary>
    private static string Value(string raw) => $"case when {raw} is null or {raw} = 'null' then null "
        + $"when startswith({raw}, '\"') then {Name(raw)} else {raw} end";

    /// <summary>A quoted text without its escapes.</summary>
    private static string Name(string quoted) => $"if(instr({quoted}, chr(92)) > 0, get(from_json(concat('[', "
        + $"{quoted}, ']'), 'array<string>', map('maxStringLen', '2147483647')), 0), {Inner(quoted)})";

    private static string Inner(string quoted) => $"substr({quoted}, 2, length({quoted}) - 2)";

    /// <summary>
    /// Whether brackets hold JSON: its texts and other values become one character each, then the innermost brackets
    /// one after the other.
    /// </summary>
    private static string IsNested(string text)
    {
        string tokens = $@"^(?:[\[\]{{}}:, \t\r\n]++|{InnerText}|{Number}|true|false|null)*+\z";
        string marked = $"""regexp_replace({text}, {SparkSql.Text(InnerText)}, '"')""";
        string single = $"regexp_replace(regexp_replace({marked}, {SparkSql.Text($"true|false|null|{Number}")}, '0'), "
            + @"'[ \t\r\n]++', '')";
        string innermost =
            """
            \[(?:["0](?:,["0])*+)?+\]|\{(?:":["0](?:,":["0])*+)?+\}
            """;
        string reduced = $"aggregate(sequence(1, {Depth}), {single}, (s, i) -> if(s = '0', s, "
            + $"regexp_replace(s, {SparkSql.Text(innermost)}, '0')))";
        return $"(regexp_like({text}, {SparkSql.Text(tokens)}) and {reduced} = '0')";
    }
}
