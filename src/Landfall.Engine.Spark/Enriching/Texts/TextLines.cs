using Landfall.Engine.Formats;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>Lines of text files with the file that they are of.</summary>
internal static class TextLines
{
    private const string Kept = "1048576";

    /// <summary>An expression over a scan: the path that a row is read from, as <see cref="UriOf"/> gives it.</summary>
    public const string Path = "url_decode(replace(input_file_name(), '+', '%2B'))";

    /// <summary>An expression over <c>_bytes</c> and <c>_valid</c>: why the record is not looked into.</summary>
    public static readonly string Unread =
        $"case when _bytes >= {TextHeads.LargestRecord} then '{Rules.TooLong}' "
        + $"when not _valid then '{Rules.Malformed}' end";

    /// <summary>How Spark names a local file.</summary>
    /// <param name="path">Its absolute path.</param>
    public static string UriOf(string path) => "file://" + path;

    /// <summary>
    /// An expression: what is kept of a record, its first MiB of whole characters. A large record is not carried on.
    /// </summary>
    /// <param name="line">An expression of type string.</param>
    public static string Beginning(string line)
    {
        string bytes = $"cast({line} as binary)";
        string end = string.Concat(Enumerable.Range(0, 4).Select(back =>
            $"when hex(substring({bytes}, {Kept} + 1 - {back}, 1)) not between '80' and 'BF' then {Kept} - {back} "));
        string cut = $"cast(substring({bytes}, 1, case {end}else {Kept} - 4 end) as string)";
        return $"if(octet_length({line}) <= {Kept}, {line}, {cut})";
    }

    /// <summary>
    /// An expression over <c>value</c> and <c>_valid</c>: the line without carriage returns at its end. Trimming takes
    /// memory of eight times the text, and what is no UTF-8 is taken for characters that swallow what follows.
    /// </summary>
    private const string WithoutReturns =
        "case when not endswith(value, '\r') then value "
        + "when not _valid then cast(encode(regexp_replace(decode(cast(value as binary), 'ISO-8859-1'), "
        + @"'\r++\z', ''), 'ISO-8859-1') as string) " + "when endswith(value, '\r\r') "
        + @"then regexp_replace(value, '\r++\z', '') else left(value, length(value) - 1) end";

    /// <summary>The columns of a view of files that lines keep.</summary>
    public const string OfFile = "f._file, f._batch, f._source, f._fields, f._places, f._header";

    /// <summary>Lines of files that are scanned line by line, without those that are empty.</summary>
    /// <param name="view">The scan, with its column <c>value</c>.</param>
    /// <param name="files">The view of the files, by <c>path</c>.</param>
    /// <param name="lineEnd">What ends lines.</param>
    /// <param name="empty">A condition on <c>s._line</c>: whether it is empty.</param>
    public static string Of(string view, string files, char lineEnd, string empty)
    {
        string line = lineEnd == '\r' ? "value" : WithoutReturns;
        return $"select /*+ broadcast(f) */ {OfFile}, s._line, s._bytes, s._valid from (select path, _valid, "
            + $"{line} as _line, octet_length(value) as _bytes from (select value, {Path} as path, "
            + $"is_valid_utf8(value) as _valid from {view})) s left join {files} f on f.path = s.path "
            + $"where not ({empty}) or s._bytes >= {TextHeads.LargestRecord}";
    }

    /// <summary>An expression over a scan of whole texts: the text with a character a byte, without its mark.</summary>
    public const string Bytes =
        @"regexp_replace(decode(cast(value as binary), 'ISO-8859-1'), '^\xef\xbb\xbf', '')";

    /// <summary>Records that were found in whole texts.</summary>
    /// <param name="records">A select of <c>path</c> and the records' <c>bytes</c>, a character each.</param>
    /// <param name="files">The view of the files, by <c>path</c>.</param>
    public static string OfWhole(string records, string files) =>
        $"select /*+ broadcast(f) */ {OfFile}, s._line, octet_length(s._line) as _bytes, "
        + "is_valid_utf8(s._line) as _valid from (select path, "
        + $"cast(encode(bytes, 'ISO-8859-1') as string) as _line from ({records})) s left join {files} f "
        + "on f.path = s.path";
}
