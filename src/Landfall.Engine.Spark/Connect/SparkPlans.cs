using Landfall.Engine.Spark.Protocol;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Statements in Spark's protocol.</summary>
internal static class SparkPlans
{
    /// <summary>The name that observed metrics come back under.</summary>
    public const string MetricsName = "landfall";

    /// <summary>Spark's own option that makes it take paths as they read.</summary>
    private const string Globbing = "__globPaths__";

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
            Options = { files.Options, new Dictionary<string, string> { [Globbing] = "false" } },
            Paths = { files.Paths },
        };
        if (files.Schema is not null)
        {
            source.Schema = files.Schema;
        }

        return Of(new Command
        {
            CreateDataframeView = new()
            {
                Name = name,
                Replace = true,
                Input = new() { Common = Numbered(), Read = new() { DataSource = source } },
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
            Metrics =
            {
                write.Metrics.Select(m => new Expression
                {
                    Alias = new()
                    {
                        Name = { m.Key },
                        Expr = new() { ExpressionString = new() { Expression = m.Value } },
                    },
                }),
            },
        },
    };

    private static Plan Of(Command command) => new() { Command = command };

    private static Relation Relation(string sql) => new() { Common = Numbered(), Sql = new() { Query = sql } };

    // Within a plan the numbers need not differ, and nothing here points from one part to another.
    private static RelationCommon Numbered() => new() { PlanId = 0 };
}
