using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate.Types;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>Records of CSV as rows, by RFC 4180 with regular expressions.</summary>
/// <param name="request">How the text is written, and the contract's columns.</param>
/// <param name="types">The types of the columns: an empty text between quotation marks is one for a text alone.</param>
internal sealed class CsvFields(EnrichRequest request, ImmutableArray<DataType> types)
{
    private readonly string _delimiter = string.Create(
        CultureInfo.InvariantCulture, $@"\x{(int)request.Delimiter:x2}");

    private string Field => $"""
        (?:"(?:[^"]++|"")*+"|[^{_delimiter}"\r\n]*+)
        """;

    /// <summary>
    /// A pattern: the next record with its line end, or the next line where no record begins, so that the ones behind
    /// it can be read.
    /// </summary>
    /// <param name="lineEnd">What ends lines.</param>
    public string Record(char lineEnd)
    {
        (string end, string returns) = lineEnd == '\r' ? (@"\r", "") : (@"\n", @"\r*+");
        return $@"\G(?:{Field}(?:{_delimiter}{Field})*+{returns}(?:{end}|\z)|[^{end}]*+(?:{end}|\z))";
    }

    /// <summary>
    /// The fields <c>t0</c>, <c>t1</c>… of records as texts, what is <c>_kept</c> of a record, and what is
    /// <c>_broken</c> of it; the columns that are there their file's header tells.
    /// </summary>
    /// <param name="records">
    /// A select of <c>_line</c>, <c>_bytes</c>, <c>_valid</c>, the number of fields <c>_fields</c>, their
    /// <c>_places</c> by column, −1 for none, and more, which stays.
    /// </param>
    public string Fields(string records)
    {
        string delimiter = SparkSql.Text(request.Delimiter.ToString());
        string found = string.Join(", ", types.Select((_, i) => $"get(_cells, get(_places, {i})) as r{i}"));
        string texts = string.Join(", ", types.Select((t, i) => $"if(_whole, {Value($"r{i}", t)}, null) as t{i}"));
        return $"""
            select *, if(_whole, null, coalesce(_unread, '{Rules.Malformed}')) as _broken, {texts}, '' as _present,
            cast(array() as array<string>) as _unknown from (
            select *, {found} from (
            select *, coalesce(array_join(_cells, {delimiter}) = _line and size(_cells) = _fields, false) as _whole,
            {TextLines.Beginning("_line")} as _kept from (
            select *, case when _unread is null then regexp_extract_all(concat({delimiter}, _line),
            {SparkSql.Text($@"\G{_delimiter}({Field})")}, 1) end as _cells from (
            select *, {TextLines.Unread} as _unread from ({records})))))
            """;
    }

    private string Value(string raw, DataType type)
    {
        string inner = $"""replace(substr({raw}, 2, length({raw}) - 2), '""', '"')""";
        string quoted = type.Kind == TypeKind.String ? inner : $"nullif({inner}, '')";
        return $"case when {raw} in ('', {SparkSql.Text(request.NullText)}) then null when startswith({raw}, '\"') "
            + $"then {quoted} else {raw} end";
    }
}
