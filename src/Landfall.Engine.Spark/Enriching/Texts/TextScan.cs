using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>Makes the text files of a request readable as fields of rows, by selects of the session.</summary>
/// <remarks>
/// JSON Lines are read line by line, and CSV too where no line has an odd number of quotation marks, since a record
/// goes over a line break only then. Texts that have one, and JSON arrays, are read whole, each by one task.
/// </remarks>
/// <param name="session">Reads.</param>
/// <param name="request">What is read.</param>
/// <param name="rules">How texts become values, by column.</param>
/// <param name="folder">For what is known of the files.</param>
internal sealed class TextScan(
    SparkSession session, EnrichRequest request, ImmutableArray<ValueRules> rules, EnrichFolder folder)
{
    private const string FilesSchema = "path string, _file int, _batch bigint, _source string, _fields int, "
        + "_places array<int>, _header string, _copies int";

    private readonly CsvFields _csv = new(request, [.. rules.Select(r => r.Type)]);

    /// <summary>JSON arrays that are none, with what is wrong, a clause.</summary>
    /// <exception cref="LandfallException">LF4342: one is nested deeper than is looked into.</exception>
    public async Task<ImmutableArray<TextHead>> FindBrokenAsync(
        ImmutableArray<TextHead> heads, CancellationToken cancellationToken)
    {
        ImmutableArray<TextHead> arrays = [.. heads.Where(h => h.File.Format == FileFormat.Json)];
        if (arrays.IsEmpty)
        {
            return [];
        }

        if (arrays.FirstOrDefault(h => h.Length >= TextHeads.LargestRecord) is { } large)
        {
            throw NotSplit(large, "is one JSON array of more than 64 MiB");
        }

        await ViewAsync("landfall_arrays", arrays, null, cancellationToken);
        SparkRows found = await session.QueryAsync(JsonArrays.Problems("landfall_arrays"), cancellationToken);
        Dictionary<string, string> problems = found.Rows.ToDictionary(r => (string)r[0]!, r => (string)r[1]!);
        ImmutableArray<TextHead> broken =
        [
            .. arrays.Select(h => h with { Problem = problems.GetValueOrDefault(TextLines.UriOf(h.File.Path)) })
                .Where(h => h.Problem is not null),
        ];
        return broken.FirstOrDefault(h => h.Problem!.EndsWith(JsonArrays.TooDeep, StringComparison.Ordinal)) is { } deep
            ? throw NotSplit(deep, "has brackets nested more than 100 deep")
            : broken;
    }

    /// <summary>Selects of fields of all text files; the number of a file is its place among all.</summary>
    /// <exception cref="LandfallException">LF4342, LF4343: a file that must be read whole is too large.</exception>
    public async Task<ImmutableArray<string>> SelectsAsync(
        ImmutableArray<TextHead> heads, CancellationToken cancellationToken)
    {
        List<string> selects = [];
        foreach (var group in heads.Index().Where(h => h.Item.File.Format != FileFormat.Parquet)
            .GroupBy(h => (h.Item.File.Format, h.Item.LineEnd)))
        {
            ImmutableArray<(int Number, TextHead Head)> files = [.. group];
            string name = string.Create(
                CultureInfo.InvariantCulture, $"landfall_{group.Key.Format}_{(int)group.Key.LineEnd}");
            selects.AddRange(group.Key.Format switch
            {
                FileFormat.Csv => await CsvAsync(name, files, group.Key.LineEnd, cancellationToken),
                FileFormat.Json => [await ArraysAsync(name, files, cancellationToken)],
                _ => [await LinesAsync(name, files, group.Key.LineEnd, cancellationToken)],
            });
        }

        return [.. selects];
    }

    private async Task<string> LinesAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, char lineEnd,
        CancellationToken cancellationToken)
    {
        await PutAsync(name, files, ImmutableDictionary<int, int>.Empty, cancellationToken);
        await ViewAsync(name, [.. files.Select(f => f.Head)], lineEnd.ToString(), cancellationToken);
        const string Empty = @"not startswith(s._line, '{') and regexp_like(s._line, '^[ \t\r]*+\z')";
        return JsonMembers.Fields(
            TextLines.Of(name, FilesOf(name), lineEnd, Empty), request.Columns, MostUsual(files));
    }

    private static JsonShape? MostUsual(ImmutableArray<(int Number, TextHead Head)> files) => files
        .Select(f => f.Head.Shape).OfType<JsonShape>().GroupBy(s => string.Join('\0', s.Names))
        .MaxBy(g => g.Count())?.First();

    private async Task<string> ArraysAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, CancellationToken cancellationToken)
    {
        await PutAsync(name, files, ImmutableDictionary<int, int>.Empty, cancellationToken);
        await ViewAsync(name, [.. files.Select(f => f.Head)], null, cancellationToken);
        string elements = TextLines.OfWhole(JsonArrays.Elements(name), FilesOf(name));
        return JsonMembers.Fields(elements, request.Columns, shape: null);
    }

    private async Task<IEnumerable<string>> CsvAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, char lineEnd,
        CancellationToken cancellationToken)
    {
        ImmutableArray<(int Number, TextHead Head)> rows = [.. files.Where(f => !f.Head.Header.IsEmpty)];
        if (rows.IsEmpty)
        {
            return [];
        }

        await PutAsync(name, rows, ImmutableDictionary<int, int>.Empty, cancellationToken);
        await ViewAsync(name, [.. rows.Select(f => f.Head)], lineEnd.ToString(), cancellationToken);
        string lines = TextLines.Of(name, FilesOf(name), lineEnd, "s._line = ''");
        SparkRows found = await session.QueryAsync(
            "select _file, coalesce(bool_or((length(_line) - length(replace(_line, '\"', ''))) % 2 = 1), false), "
            + $"count_if(_line = _header), sum(_bytes + 1) from ({lines}) group by _file",
            cancellationToken);
        Dictionary<int, (bool Spans, int Headers, long Bytes)> known = [];
        foreach (object?[] row in found.Rows)
        {
            known.Add(
                row[0] is int file ? file : throw Unseen("read a file that it was not asked for"),
                ((bool)row[1]!, (int)(long)row[2]!, (long)row[3]!));
        }

        if (rows.Any(f => known.GetValueOrDefault(f.Number) is { Spans: false, Headers: 0 }))
        {
            throw Unseen("did not find the header of a file");
        }

        ImmutableArray<(int Number, TextHead Head)> whole = [.. rows.Where(f => known[f.Number].Spans)];
        if (whole.FirstOrDefault(f => known[f.Number].Bytes >= TextHeads.LargestRecord).Head is { } large)
        {
            throw NotSplit(large, "has line breaks between quotation marks and is longer than 64 MiB");
        }

        rows = [.. rows.Except(whole)];
        return
        [
            .. rows.IsEmpty ? [] : new[] { await SplitCsvAsync(name, rows, lineEnd, lines, known, cancellationToken) },
            .. whole.IsEmpty ? [] : new[] { await WholeCsvAsync(name + "_whole", whole, lineEnd, cancellationToken) },
        ];
    }

    /// <summary>
    /// All lines that are not like the header, and those that are, but one of each file: which of equal lines is the
    /// first does not matter.
    /// </summary>
    private async Task<string> SplitCsvAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, char lineEnd, string lines,
        Dictionary<int, (bool Spans, int Headers, long Bytes)> known, CancellationToken cancellationToken)
    {
        await PutAsync(
            name, files, files.ToImmutableDictionary(f => f.Number, f => known[f.Number].Headers - 1),
            cancellationToken);
        await ViewAsync(name, [.. files.Select(f => f.Head)], lineEnd.ToString(), cancellationToken);
        string more = $"select {TextLines.OfFile}, f._header as _line, octet_length(f._header) as _bytes, "
            + $"true as _valid from {FilesOf(name)} f lateral view explode(array_repeat(0, f._copies)) c as copy";
        return _csv.Fields(
            $"select * from ({lines}) where coalesce(_line <> _header, true)"
            + (files.Any(f => known[f.Number].Headers > 1) ? $" union all {more}" : ""));
    }

    private async Task<string> WholeCsvAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, char lineEnd,
        CancellationToken cancellationToken)
    {
        await PutAsync(name, files, ImmutableDictionary<int, int>.Empty, cancellationToken);
        await ViewAsync(name, [.. files.Select(f => f.Head)], null, cancellationToken);
        string ending = lineEnd == '\r' ? @"\r?+\z" : @"\r*+\n?+\z";
        string records = $"transform(regexp_extract_all({TextLines.Bytes}, {SparkSql.Text(_csv.Record(lineEnd))}, 0), "
            + $"r -> regexp_replace(r, {SparkSql.Text(ending)}, ''))";
        return _csv.Fields(TextLines.OfWhole(
            $"select path, explode(slice(records, 2, size(records))) as bytes from (select path, "
            + $"filter(records, r -> r <> '') as records from (select {TextLines.Path} as path, {records} as records "
            + $"from {name}))",
            FilesOf(name)));
    }

    private async Task PutAsync(
        string name, ImmutableArray<(int Number, TextHead Head)> files, ImmutableDictionary<int, int> copies,
        CancellationToken cancellationToken) => await folder.PutAsync(
        FilesOf(name), FilesSchema,
        files.Select(f => new JsonObject
        {
            ["path"] = TextLines.UriOf(f.Head.File.Path),
            ["_file"] = f.Number,
            ["_batch"] = f.Head.File.Batch,
            ["_source"] = f.Head.File.Source,
            ["_fields"] = f.Head.Header.Length,
            ["_places"] = new JsonArray(
                [.. request.Columns.Select(c => (JsonNode)f.Head.Header.IndexOf(c.SourceName))]),
            ["_header"] = f.Head.HeaderText,
            ["_copies"] = copies.GetValueOrDefault(f.Number),
        }),
        cancellationToken);

    /// <summary>Makes texts a view: by lines, or whole without a line end.</summary>
    private Task ViewAsync(
        string name, ImmutableArray<TextHead> heads, string? lineEnd, CancellationToken cancellationToken) =>
        session.CreateViewAsync(
            name,
            new("text", null, [.. heads.Select(h => h.File.Path)])
            {
                Options = lineEnd is null
                    ? ImmutableSortedDictionary<string, string>.Empty.Add("wholetext", "true")
                    : ImmutableSortedDictionary<string, string>.Empty.Add("lineSep", lineEnd),
            },
            cancellationToken);

    private static string FilesOf(string name) => name + "_files";

    private LandfallException Unseen(string what) => new(
        EnrichCodes.Unseen,
        $"{request.Table}: Spark {what}. Nothing was committed; what was landed stays in raw, and the table is as it "
        + "was. Run again; see whether Spark and Landfall see the same folder with: landfall doctor");

    private LandfallException NotSplit(TextHead head, string why) => new(
        EnrichCodes.NotSplit,
        $"{request.Table}: the file {head.File.Source} {why}, and Spark would have to read it as one text. Nothing was "
        + "committed; the file stays in raw, and the table is as it was. Name a pool with engine: duckdb for this "
        + "integration, which reads it, or have the source send smaller files, then run again.");
}
