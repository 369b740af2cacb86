using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;
using Landfall.Testing.Ingest;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>One request that both engines run over the same files, each into tables of its own.</summary>
internal sealed partial class EnrichPair(SparkSession session, params (string Name, string Type)[] columns)
    : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbLocalEngine _engine = new();
    private readonly List<EnrichFile> _files = [];
    private readonly Dictionary<string, (ImmutableArray<string> Table, ImmutableArray<string> Quarantine)> _tables =
        new() { ["duckdb"] = ([], []), ["spark"] = ([], []) };

    private int _step;

    /// <summary>What both are asked, but for folders and files.</summary>
    public EnrichRequest Request { get; set; } = RequestOf(columns);

    /// <summary>Lands a file in a batch; gzip where its name ends so.</summary>
    public EnrichFile Put(long batch, string source, byte[] content, FileFormat format)
    {
        string path = Path.Combine(_folder.Path, "raw", batch.ToString("D12", CultureInfo.InvariantCulture), source);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] bytes = source.EndsWith(".gz", StringComparison.Ordinal) ? IngestLake.Gzip(content) : content;
        File.WriteAllBytes(path, bytes);
        EnrichFile file = new(source, path, batch, bytes.Length, format);
        _files.Add(file);
        return file;
    }

    public EnrichFile Put(long batch, string source, string content, FileFormat format) =>
        Put(batch, source, Encoding.UTF8.GetBytes(content), format);

    /// <summary>Lands the rows of a query as Parquet that DuckDB wrote, as landed databases are.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="source">The file's source.</param>
    /// <param name="select">The query.</param>
    /// <param name="edit">Changes the file's bytes; null for nothing.</param>
    public EnrichFile PutParquet(long batch, string source, string select, Func<byte[], byte[]>? edit = null)
    {
        string path = Path.Combine(_folder.Path, "written.parquet");
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        connection.Execute($"copy ({select}) to '{path}' (format parquet, compression snappy)");
        return Put(batch, source, (edit ?? (b => b))(File.ReadAllBytes(path)), FileFormat.Parquet);
    }

    /// <summary>
    /// Runs both over the files landed since the last time, and takes what they wrote for their tables.
    /// </summary>
    /// <param name="edit">Changes what is asked; null for nothing.</param>
    public async Task<(EnrichOutcome DuckDb, EnrichOutcome Spark)> RunAsync(
        Func<EnrichRequest, EnrichRequest>? edit = null)
    {
        _step++;
        EnrichOutcome duckDb = await RunAsync("duckdb", edit, (request, context) =>
            new DuckDbBuildEngine().EnrichAsync(request, context, CancellationToken.None));
        EnrichOutcome spark = await RunAsync("spark", edit, (request, context) => SparkTableDeriver.EnrichAsync(
            request, context, session, new PlainOutput(session), _engine.ParquetOf(request.TableFolder),
            CancellationToken.None));
        _files.Clear();
        return (duckDb, spark);
    }

    /// <summary>Runs both; they must fail with the same message.</summary>
    public async Task<string> AssertSameFailureAsync(Func<EnrichRequest, EnrichRequest>? edit = null)
    {
        (EnrichOutcome duckDb, EnrichOutcome spark) = await RunAsync(edit);
        Assert.NotEmpty(duckDb.Failure);
        Assert.Equal(duckDb.Failure, spark.Failure);
        return spark.Failure;
    }

    /// <summary>Runs both; what they did must be the same.</summary>
    public Task<EnrichOutcome> AssertSameAsync(Func<EnrichRequest, EnrichRequest>? edit = null) =>
        AssertSameAsync("", edit);

    /// <summary>Runs both; what they did must be the same.</summary>
    /// <param name="beginning">What a failure begins with.</param>
    /// <param name="edit">Changes what is asked; null for nothing.</param>
    /// <param name="namesOfMalformed">Whether no record is malformed: of those DuckDB tells names that it saw.</param>
    public async Task<EnrichOutcome> AssertSameAsync(
        string beginning, Func<EnrichRequest, EnrichRequest>? edit = null, bool namesOfMalformed = true)
    {
        (EnrichOutcome duckDb, EnrichOutcome spark) = await RunAsync(edit);
        Assert.True((duckDb.Failure + spark.Failure).Length == 0, $"{beginning}\n{duckDb.Failure}{spark.Failure}");
        string differences = string.Join('\n', duckDb.DifferencesFrom(spark).Where(d => namesOfMalformed
            || !d.Contains(" unknown ", StringComparison.Ordinal)));
        Assert.True(differences.Length == 0, $"{beginning}\n{differences}");
        return spark;
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private static EnrichRequest RequestOf((string Name, string Type)[] columns)
    {
        ImmutableArray<SchemaField> fields =
        [
            .. columns.Select(c => new SchemaField(
                c.Name,
                c.Type == "array<string>" ? DataType.Array(DataType.String)
                    : DataType.TryParse(c.Type.TrimEnd('!'), out DataType type) ? type : DataType.String)),
            new("_batch", DataType.BigInt), new("_source", DataType.String),
        ];
        return new()
        {
            Table = "ops.inbox.t",
            Schema = new TableSchema(fields).ToJson(),
            Columns = [.. columns.Select(c => new EnrichColumn(c.Name, c.Name, c.Type.EndsWith('!')))],
            QuarantineSchema = new TableSchema(
                [
                    new("_batch", DataType.BigInt), new("_source", DataType.String), new("_row", DataType.BigInt),
                    new("rule", DataType.String), new("column_name", DataType.String), new("raw", DataType.String),
                    new("quarantined_at", DataType.Timestamp),
                ]).ToJson(),
            TableFolder = "",
            QuarantineFolder = "",
            StepId = "",
            Files = [],
            Superseded = [],
            Delimiter = ',',
            NullText = "",
            TimeZone = "",
            Mode = EnrichMode.Append,
            Key = [],
            Cursor = "",
            Existing = [],
            Known = [],
            Keys = [],
            RefusesDuplicates = false,
            SkipsBadFiles = true,
            ReplacedSources = [],
            QuarantineExisting = [],
            Threshold = 1,
            Accepted = ImmutableSortedDictionary<long, long>.Empty,
            Now = 1_700_000_000_000_000,
        };
    }

    private async Task<EnrichOutcome> RunAsync(
        string engine, Func<EnrichRequest, EnrichRequest>? edit,
        Func<EnrichRequest, WorkerContext, Task<EnrichResult>> run)
    {
        string folder = Path.Combine(_folder.Path, engine);
        string scratch = Path.Combine(_folder.Path, "scratch", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(scratch);
        EnrichRequest request = (edit ?? (r => r))(Request with
        {
            TableFolder = Path.Combine(folder, "t"),
            QuarantineFolder = Path.Combine(folder, "q"),
            StepId = $"s{_step}",
            Files = [.. _files],
            Existing = Request.Mode == EnrichMode.Replace ? [] : _tables[engine].Table,
            Known = _tables[engine].Table,
            QuarantineExisting = _tables[engine].Quarantine,
        });
        Directory.CreateDirectory(Path.Combine(request.TableFolder, request.StepId));
        Directory.CreateDirectory(Path.Combine(request.QuarantineFolder, request.StepId));
        WorkerRequest worker = new()
        {
            Kind = "enrich", Payload = new JsonObject(), MemoryBytes = 1L << 30, Threads = 2,
            Timeout = TimeSpan.FromHours(1),
        };
        try
        {
            EnrichResult result = await run(request, new WorkerContext(worker, scratch, _ => { }));
            Take(engine, request, result);
            return Outcome(engine, request, result);
        }
        catch (LandfallException e) when (e is not SparkException)
        {
            return new() { Failure = e.Message.Replace(folder, "", StringComparison.Ordinal) };
        }
    }

    private void Take(string engine, EnrichRequest request, EnrichResult result)
    {
        (ImmutableArray<string> table, ImmutableArray<string> quarantine) = _tables[engine];
        bool whole = request.Mode == EnrichMode.Replace && result.Batches.Length > 0;
        _tables[engine] = (
            [.. whole ? [] : table.Except(result.Removed), .. result.Files.Select(f => f.Path)],
            [
                .. whole ? [] : quarantine.Except(result.QuarantineRemoved),
                .. result.Quarantine.Concat(result.FailedQuarantine).Select(f => f.Path),
            ]);
    }

    /// <summary>
    /// A long number in JSON. Two texts of 16 digits may stand for the same one; Java does not tell which is nearer.
    /// </summary>
    [GeneratedRegex(@"-?[0-9.]{17,}(e-?[0-9]+)?(?=[,}])", RegexOptions.None, 1000)]
    private static partial Regex LongDouble();

    private EnrichOutcome Outcome(string engine, EnrichRequest request, EnrichResult result) => new()
    {
        Rows = Texts(request.TableFolder, request.Schema, _tables[engine].Table),
        Quarantine =
        [
            .. Texts(request.QuarantineFolder, request.QuarantineSchema, _tables[engine].Quarantine)
                .Select(t => LongDouble().Replace(t, n => $"{double.Parse(n.Value, CultureInfo.InvariantCulture):R}")),
        ],
        Counts =
        [
            .. result.Batches.Append(result.Failed).OfType<BatchCount>().Select(b => string.Create(
                CultureInfo.InvariantCulture,
                $"{b.Batch}: {b.Rows} {string.Join(' ', b.Rules.Select(r => $"{r.Key} {r.Value}"))}")),
            $"failed: {result.Failed?.Batch}",
        ],
        Notes =
        [
            "unknown " + string.Join(", ", result.UnknownColumns), "absent " + string.Join(", ", result.AbsentColumns),
            .. result.BadFiles.Select(b => $"{b.Source}: {b.Problem}"),
        ],
    };

    private static string[] Texts(string folder, string schema, ImmutableArray<string> files)
    {
        TableSchema columns = TableSchema.Parse(schema);

        // A zero's sign depends on the zeros that stand in the same file.
        string text = string.Join(" || '|' || ", columns.Fields.Where(f => f.Name != "_row").Select(f =>
            $"coalesce(cast(\"{f.Name}\"{(f.Type.Kind == TypeKind.Double ? " + 0.0" : "")} as varchar), 'NULL')"));
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        string scan = DeltaScan.Sql(
            folder, columns, [.. files.Select(f => new AddFile { Path = f, Size = 0, ModificationTime = 0 })]);
        using DuckDbResult rows = connection.Query($"select {text} as t from ({scan}) order by t");
        return [.. rows.Rows().Select(r => (string)r[0]!)];
    }
}
