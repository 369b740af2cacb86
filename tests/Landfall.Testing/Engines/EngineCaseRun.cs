using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Sql;
using Landfall.Testing.Delta;
using Landfall.Workers;

namespace Landfall.Testing.Engines;

/// <summary>Does a case in an engine and compares what it gives, by DuckDB, with what is right.</summary>
/// <param name="engine">The engine.</param>
/// <param name="remote">What its worker is told of an engine outside of it; null for none.</param>
public sealed class EngineCaseRun(IBuildEngine engine, Func<JsonNode>? remote = null) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = Databases.Small();
    private readonly DuckDbSqlFrontEnd _frontEnd = new();
    private int _files;

    /// <summary>What differs from what is right; empty where nothing does.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(EngineCase @case)
    {
        using DuckDbConnection connection = _database.Connect();
        BuildRequest request = RequestOf(connection, @case);
        Directory.CreateDirectory(Path.Combine(request.TableFolder, request.StepId));
        BuildResult result;
        try
        {
            result = await engine.BuildAsync(request, Context(), CancellationToken.None);
        }
        catch (LandfallException failure)
        {
            return @case.Failure.Contains(failure.Code, StringComparer.Ordinal)
                ? []
                : [$"failed with {failure.Code} {failure.Message}"];
        }

        return @case.Failure.IsEmpty ? [.. Compare(connection, @case, request, result)] : ["it did not fail"];
    }

    public void Dispose()
    {
        _frontEnd.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<string> Compare(
        DuckDbConnection connection, EngineCase @case, BuildRequest request, BuildResult result)
    {
        TableSchema schema = TableSchema.Parse(request.Schema);
        string found = PinnedScan.Sql(request.TableFolder, schema, result.Files);
        string columns = string.Join(
            ", ", schema.Fields.Select(f => $"cast({f.Name} as {DuckDbTypes.Name(f.Type)}) as {f.Name}"));
        string right = $"select {columns} from ({@case.Rows})";
        foreach ((string what, string sql) in new[]
        {
            ("missing", $"({right}) except all ({found})"), ("extra", $"({found}) except all ({right})"),
        })
        {
            foreach (object?[] row in connection.Collect($"select to_json(r)::varchar from ({sql}) r"))
            {
                yield return $"{what} row {row[0]}";
            }
        }

        if (result.Rows != result.Files.Sum(f => f.Rows) || result.Files.Any(f => f.Rows == 0))
        {
            yield return "its counts of rows are wrong";
        }

        foreach ((string what, ImmutableArray<string?> is_, ImmutableArray<string?> must) in new[]
        {
            ("values", result.Values, @case.Values),
            ("quality", [.. result.Quality.Select(Text)], [.. @case.Quality]),
            ("null columns", [.. result.NullColumns], [.. @case.NullColumns]),
        })
        {
            if (!is_.SequenceEqual(must))
            {
                yield return $"{what} are {string.Join("; ", is_)}, not {string.Join("; ", must)}";
            }
        }
    }

    private static string Text(QualityResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Rule} {(result.Problem.Length > 0 ? "none" : $"{result.Value:0.###}")} "
        + $"{(result.Passed ? "holds" : "broken")}");

    private BuildRequest RequestOf(DuckDbConnection connection, EngineCase @case)
    {
        TableSchema schema = SchemaOf(@case.Columns);
        string table = Path.Combine(_folder.Path, $"table-{++_files}");
        SqlBinding binding = Bind(@case.Query, @case.Inputs);
        return new()
        {
            Query = @case.Query,
            WidenedQuery = binding.DuckDbQuery,
            SparkQuery = binding.SparkQuery,
            Inputs = [.. @case.Inputs.Select(i => InputOf(connection, i))],
            Column = @case.Column,
            Incremental = @case.Existing is not null,
            Required = @case.Required,
            Quality = @case.Rules,
            Existing = @case.Existing is null ? null : Pin(
                "ops.p.model", table, schema, Write(connection, @case.Existing, schema, table, @case.Column)),
            Schema = schema.ToJson(),
            TableFolder = table,
            StepId = "s-new",
        };
    }

    private BuildInput InputOf(DuckDbConnection connection, EngineCaseTable input)
    {
        TableSchema schema = SchemaOf(input.Columns);
        string folder = Path.Combine(_folder.Path, $"input-{++_files}");
        PinnedFile[] files = [.. input.Files.SelectMany(f => Write(connection, f, schema, folder, null))];
        PinnedFile[] removed = [.. input.Removed.SelectMany(f => Write(connection, f, schema, folder, null))];
        RowChanges? changes = input.Added + removed.Length == 0
            ? null : new([.. files[^input.Added..]], [.. removed]);
        string? expression = input.Expression is null ? null : SqlBinder.SparkExpression(
            _frontEnd, Analyze($"select {input.Expression} as v from {input.Name}"), Tables([input]));
        return new(Pin(input.Name, folder, schema, files), input.Expression, changes, expression);
    }

    private SqlBinding Bind(string query, IEnumerable<EngineCaseTable> inputs)
    {
        SqlBinding binding = SqlBinder.Bind(_frontEnd, Analyze(query), Tables(inputs), null);
        return binding.Diagnostics.IsEmpty
            ? binding : throw new ArgumentException(string.Join('\n', binding.Diagnostics), nameof(query));
    }

    private SqlAnalysis Analyze(string query) =>
        SqlAnalyzer.Analyze(new(_frontEnd), query, "ops/products/p/model.sql");

    private static Dictionary<TableName, ContractTable> Tables(IEnumerable<EngineCaseTable> inputs) => inputs
        .ToDictionary(
            i => TableName.TryParse(i.Name, out TableName name) ? name : throw new ArgumentException(i.Name),
            i => new ContractTable
            {
                Name = i.Name.Split('.')[^1],
                Description = "",
                Quality = [],
                Columns =
                [
                    .. SchemaOf(i.Columns).Fields.Select(f => new ContractColumn
                    {
                        Name = f.Name,
                        Type = f.Type,
                        Required = false,
                        PrimaryKeyPosition = 0,
                        Classification = "",
                        Description = "",
                    }),
                ],
            });

    private static PinnedTable Pin(
        string name, string folder, TableSchema schema, IReadOnlyCollection<PinnedFile> files) => new()
    {
        Name = TableName.TryParse(name, out TableName parsed) ? parsed : throw new ArgumentException(name),
        Folder = folder,
        Schema = schema.ToJson(),
        Files = [.. files],
    };

    /// <summary>A file has the columns that its select has.</summary>
    private PinnedFile[] Write(
        DuckDbConnection connection, string select, TableSchema schema, string folder, string? column)
    {
        using DuckDbResult shape = connection.Query($"select * from ({select}) limit 0");
        HashSet<string> there = [.. shape.Columns.Select(c => c.Name)];
        shape.Dispose();
        return
        [
            .. DataFileWriter.Write(
                connection, select, new([.. schema.Fields.Where(f => there.Contains(f.Name))]), folder,
                $"s{++_files}", CancellationToken.None, column).Select(PinnedFile.Of),
        ];
    }

    private static TableSchema SchemaOf(ImmutableArray<string> columns) => new(
        [.. columns.Select(c => c.Split(' ', 2)).Select(c => new SchemaField(c[0], TypeOf(c[1])))]);

    private static DataType TypeOf(string text) =>
        DataType.TryParse(text, out DataType type) ? type : throw new ArgumentException(text);

    private WorkerContext Context()
    {
        string scratch = Path.Combine(_folder.Path, $"scratch-{++_files}");
        Directory.CreateDirectory(scratch);
        return new(
            new()
            {
                Kind = "case", Payload = new JsonObject(), MemoryBytes = 1L << 30, Threads = 2,
                Timeout = TimeSpan.FromMinutes(5), Engine = remote?.Invoke(),
            },
            scratch, _ => { });
    }
}
