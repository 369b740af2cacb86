using Landfall.Engine.Spark.Enriching.Values;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>
/// Texts that are one JSON array each: where its elements begin and end. What they are is asked later.
/// </summary>
internal static class JsonArrays
{
    /// <summary>What is wrong where brackets are nested deeper than elements are looked for.</summary>
    public const string TooDeep = "deep";

    /// <summary>What is wrong with a text that ends before its array does.</summary>
    public const string Cut = "it ends inside the array";

    private const string Space = @"[ \t\r\n]*+";

    /// <summary>Levels that elements are looked for in: more than a record may have.</summary>
    private const int Depth = 100;

    private const string LooseText = """
        "(?:[^"\\]++|\\[\s\S])*+"
        """;

    private static readonly string _element = $@"(?:[^\[\]{{}}"",]++|{LooseText}|{JsonMembers.Nested(Depth)})*+";
    private static readonly string _piece = $@"\G(?:^{Space}\[|(?!^),){Space}({_element})";

    /// <summary>Why a text cannot be read, a clause.</summary>
    public static string Problem(string what) => $"it is not one JSON array of objects: {what}";

    /// <summary>A select of <c>path</c> and <c>bytes</c>, the elements of texts.</summary>
    /// <param name="view">The scan of whole texts.</param>
    public static string Elements(string view) => $"""
        select path, explode(if(regexp_like(bytes, {SparkSql.Text($@"^{Space}\[{Space}\]")}),
        cast(array() as array<string>), regexp_extract_all(bytes, {SparkSql.Text(_piece)}, 1))) as bytes
        from (select {TextLines.Path} as path, {TextLines.Bytes} as bytes from {view})
        """;

    /// <summary>A select of <c>path</c> and the <c>problem</c> of texts that are no array, a clause.</summary>
    /// <param name="view">The scan of whole texts.</param>
    public static string Problems(string view)
    {
        string pieces = $"regexp_extract_all(bytes, {SparkSql.Text(_piece)}, 0)";
        string bare = $"regexp_replace(regexp_replace(rest, {SparkSql.Text(LooseText)}, ''), "
            + $"{SparkSql.Text("""
                "[\s\S]*\z
                """)}, '')";
        string open = $"regexp_replace({bare}, {SparkSql.Text(@"[^\[{]")}, '')";
        string closed = $"regexp_replace({bare}, {SparkSql.Text(@"[^\]}]")}, '')";
        return $"""
            select path, concat('{Problem("")}', problem) as problem from (
            select path, case when size(pieces) = 0 then if(regexp_like(bytes, {SparkSql.Text($@"^{Space}\z")}),
            '{Cut}', 'it is no array')
            when rest = '' then
            if(regexp_like(get(pieces, size(pieces) - 1), {SparkSql.Text($@"^{Space}[\[,]{Space}\z")}),
            '{Cut}', 'it ends inside an element') when startswith(rest, ']') then
            if(regexp_like(rest, {SparkSql.Text($@"^\]{Space}\z")}), null, 'something follows the array')
            when startswith(rest, {SparkSql.Text("}")}) then 'a bracket is out of place'
            when startswith(rest, '"') or length({open}) > length({closed}) then 'it ends inside an element'
            else '{TooDeep}' end as problem from (
            select *, substr(bytes, length(array_join(pieces, '')) + 1) as rest from (
            select *, {pieces} as pieces from (
            select {TextLines.Path} as path, {TextLines.Bytes} as bytes from {view})))) where problem is not null
            """;
    }
}
