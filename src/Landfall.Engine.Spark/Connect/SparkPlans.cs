using System.Buffers;
using Landfall.Engine.Spark.Protocol;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Statements in Spark's protocol.</summary>
internal static class SparkPlans
{
    /// <summary>The name that observed metrics come back under.</summary>
    public const string MetricsName = "landfall";

    private static readonly SearchValues<char> Wild = SearchValues.Create(@"{}[]*?\");

    public static Plan Command(string sql) => Of(new Command
    {
        SqlCommand = new() { Sql = sql, Input = Relation(sql) },
    });

    public static Plan Query(string sql) => new() { Root = Relation(sql) };

    public static Plan View(string name, SparkFiles files)
    {
        Read.Types.DataSource source = new()
        {
            Format = files.Format,
            Options = { files.Options },
            Paths = { files.Paths.Select(Literal) },
        };
        if (files.Schema is not null)
        {
            source.Schema = files.Schema;
        }

        Relation read = new() { Common = Numbered(), Read = new() { DataSource = source } };
        return Of(new Command
        {
            CreateDataframeView = new()
            {
                Name = name,
                Replace = true,
                Input = files.Computed.IsEmpty ? read : With(read, files.Computed),
            },
        });
    }

    public static Plan Write(SparkWrite write) => Of(new Command
    {
        WriteOperation = new()
        {
            Input = write.Metrics.IsEmpty ? Relation(write.Sql) : Observed(write),
            Source = write.Format,
            Path = write.Folder,
            Mode = WriteOperation.Types.SaveMode.ErrorIfExists,
            PartitioningColumns = { write.PartitionBy },
            Options = { write.Options },
        },
    });

    private static Relation Observed(SparkWrite write) => new()
    {
        Common = Numbered(),
        CollectMetrics = new()
        {
            Input = Relation(write.Sql),
            Name = MetricsName,
            Metrics = { write.Metrics.Select(Named) },
        },
    };

    private static Relation With(Relation input, IEnumerable<KeyValuePair<string, string>> columns) => new()
    {
        Common = Numbered(),
        Project = new()
        {
            Input = input,
            Expressions = { columns.Select(Named).Prepend(new() { UnresolvedStar = new() }) },
        },
    };

    private static Expression Named(KeyValuePair<string, string> column) => new()
    {
        Alias = new()
        {
            Name = { column.Key },
            Expr = new() { ExpressionString = new() { Expression = column.Value } },
        },
    };

    private static Plan Of(Command command) => new() { Command = command };

    private static Relation Relation(string sql) => new() { Common = Numbered(), Sql = new() { Query = sql } };

    // Within a plan the numbers need not differ, and nothing here points from one part to another.
    private static RelationCommon Numbered() => new() { PlanId = 0 };

    /// <summary>Spark reads paths as patterns: what would be a wildcard is marked as a letter.</summary>
    private static string Literal(string path) => !path.AsSpan().ContainsAny(Wild) ? path
        : string.Concat(path.Select(c => Wild.Contains(c) ? $@"\{c}" : $"{c}"));
}
