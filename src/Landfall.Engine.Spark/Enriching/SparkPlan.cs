using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Enriching.Values;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>A request made ready for Spark. Immutable.</summary>
internal sealed class SparkPlan
{
    /// <summary>View of all rows that were read, bad ones included.</summary>
    public const string Stage = "landfall_stage";

    /// <summary>Column of the stage: a number of its own for each row.</summary>
    public const string Row = "_landfall_row";

    /// <summary>Makes a request ready.</summary>
    public SparkPlan(EnrichRequest request)
    {
        Request = request;
        Schema = TableSchema.Parse(request.Schema);
        Rules = [.. request.Columns.Select((_, i) => new ValueRules(Schema.Fields[i].Type, request.TimeZone))];
    }

    /// <summary>The request.</summary>
    public EnrichRequest Request { get; }

    /// <summary>Schema of the table, system columns last.</summary>
    public TableSchema Schema { get; }

    /// <summary>How text becomes values, by column.</summary>
    public ImmutableArray<ValueRules> Rules { get; }
}
