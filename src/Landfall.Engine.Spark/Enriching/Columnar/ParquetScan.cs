using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>
/// Makes the Parquet files of a request readable as fields of rows: columns of the contract's own type stay as they
/// are, others become text and are cast by the same rules as text.
/// </summary>
/// <param name="session">Reads.</param>
/// <param name="request">What is read.</param>
/// <param name="rules">How texts become values, by column.</param>
/// <param name="folder">For what is known of the files.</param>
internal sealed class ParquetScan(
    SparkSession session, EnrichRequest request, ImmutableArray<ValueRules> rules, EnrichFolder folder)
{
    /// <summary>Refuses a file whose columns do not do, or are not read as DuckDB reads them.</summary>
    /// <exception cref="LandfallException">
    /// LF4264, LF4267: it lacks a column or an offset. LF4340: a column of a type that Spark reads otherwise.
    /// </exception>
    public void Refuse(TextHead head)
    {
        for (int i = 0; i < rules.Length; i++)
        {
            Refuse(head, i);
        }

        foreach ((string name, string type) in head.Header.Zip(head.Types))
        {
            if (ParquetValues.Json(type, "") is null)
            {
                throw NotRead($"Parquet columns of the type {type}, as {name} of {head.File.Source}");
            }
        }

        if (head.Header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < head.Header.Length)
        {
            throw NotRead($"Parquet files with names that differ in upper and lower case, as {head.File.Source}");
        }
    }

    /// <summary>Selects of the fields of Parquet files.</summary>
    /// <param name="heads">All files, whose places are their numbers.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<ImmutableArray<TypedFields>> SelectsAsync(
        ImmutableArray<TextHead> heads, CancellationToken cancellationToken)
    {
        var selects = ImmutableArray.CreateBuilder<TypedFields>();
        foreach (var group in heads.Index().Where(h => h.Item.File.Format == FileFormat.Parquet)
            .GroupBy(h => Schema(h.Item)))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"landfall_parquet_{selects.Count}");
            await folder.PutAsync(
                name + "_files", "path string, _file int, _batch bigint, _source string",
                group.Select(f => new JsonObject
                {
                    ["path"] = TextLines.UriOf(f.Item.File.Path),
                    ["_file"] = f.Index,
                    ["_batch"] = f.Item.File.Batch,
                    ["_source"] = f.Item.File.Source,
                }),
                cancellationToken);
            await ViewAsync(name, [.. group.Select(f => f.Item)], cancellationToken);
            selects.Add(Fields(name, group.First().Item));
        }

        return selects.ToImmutable();
    }

    /// <summary>The Parquet files among some that cannot be read to their ends.</summary>
    public async Task<ImmutableArray<TextHead>> FindBrokenAsync(
        ImmutableArray<TextHead> heads, CancellationToken cancellationToken)
    {
        const string Probe = "landfall_probe";
        var broken = ImmutableArray.CreateBuilder<TextHead>();
        foreach (TextHead head in heads.Where(h => h.File.Format == FileFormat.Parquet))
        {
            string columns = string.Join(", ", head.Header.Zip(head.Types, (name, type) =>
                type == "string" ? ParquetValues.Text(type, SqlName.Spark(name)) : SqlName.Spark(name)));
            try
            {
                await ViewAsync(Probe, [head], cancellationToken);
                await session.QueryAsync($"select max(xxhash64({columns})) from {Probe}", cancellationToken);
            }
            catch (SparkException e) when (IsOfFile(e))
            {
                broken.Add(head with { Problem = ParquetHeads.NotWhole });
            }
        }

        return broken.ToImmutable();
    }

    /// <summary>Whether Spark failed since a file cannot be read.</summary>
    public static bool IsOfFile(SparkException e) =>
        e.ErrorClass.StartsWith("FAILED_READ_FILE", StringComparison.Ordinal) || e.ErrorClass == "INVALID_UTF8_STRING";

    private void Refuse(TextHead head, int index)
    {
        EnrichColumn column = request.Columns[index];
        int place = head.Header.IndexOf(column.SourceName);
        if (place < 0)
        {
            if (column.Required)
            {
                throw EnrichRefusals.MissingColumn(request, head.File.Source, column, head.Header);
            }

            return;
        }

        string type = head.Types[place];
        if (rules[index].Type.Kind == TypeKind.Timestamp && type == ParquetValues.LocalTime
            && request.TimeZone.Length == 0)
        {
            throw EnrichRefusals.NoTimeZone(request, head.File.Source, column);
        }

        if (ParquetValues.Native(rules[index], type, "") is null && ParquetValues.Text(type, "") is null)
        {
            throw NotRead($"Parquet columns of the type {type} as {rules[index].Type}, as {column.SourceName} of "
                + head.File.Source);
        }
    }

    private TypedFields Fields(string view, TextHead head)
    {
        List<string> fields = [];
        List<bool> typed = [];
        foreach ((int index, EnrichColumn column) in request.Columns.Index())
        {
            int place = head.Header.IndexOf(column.SourceName);
            string? native = place < 0 ? null : ParquetValues.Native(rules[index], head.Types[place], Column(place));
            string text = place < 0 ? "cast(null as string)"
                : native ?? ParquetValues.Text(head.Types[place], Column(place))!;
            fields.Add($"{text} as t{index}");
            typed.Add(native is not null);
        }

        string columns = string.Concat(head.Header.Select((n, i) => $"{SqlName.Spark(n)} as {Column(i)}, "));
        string members = string.Join(", ',', ", head.Header.Select((n, i) =>
            $"{ParquetValues.Quoted(SparkSql.Text(n))}, ':', {ParquetValues.Json(head.Types[i], Column(i))}"));
        string record = "concat('{', " + members + ", '}')";
        return new(
            $"select /*+ broadcast(f) */ s.*, {string.Join(", ", fields)}, f._file, f._batch, f._source, "
            + "cast(null as string) as _broken, '' as _present, cast(array() as array<string>) as _unknown "
            + $"from (select {columns}{TextLines.Path} as path from {view}) s left join {view}_files f "
            + "on f.path = s.path",
            [.. typed],
            SparkSql.Let("r", record, TextLines.Beginning("r")));
    }

    private static string Column(int place) => string.Create(CultureInfo.InvariantCulture, $"c{place}");

    /// <summary>The columns as DDL: no file is opened for them, and none of another type is read as one of these.
    /// </summary>
    private static string Schema(TextHead head) =>
        string.Join(", ", head.Header.Zip(head.Types, (name, type) => $"{SqlName.Spark(name)} {type}"));

    private Task ViewAsync(string name, ImmutableArray<TextHead> heads, CancellationToken cancellationToken) =>
        session.CreateViewAsync(
            name, new("parquet", Schema(heads[0]), [.. heads.Select(h => h.File.Path)]), cancellationToken);

    private LandfallException NotRead(string what) => EnrichCodes.NotReadBySpark(request, what);
}
