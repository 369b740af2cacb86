using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Enriching.Columns;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>A payload made ready for reading. Immutable; shared by threads.</summary>
internal sealed class EnrichPlan
{
    /// <summary>Makes a payload ready.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="freshFolder">Folder that receives new files.</param>
    /// <param name="freshStep">Folder in it.</param>
    public EnrichPlan(EnrichRequest payload, string freshFolder, string freshStep)
    {
        Payload = payload;
        Schema = TableSchema.Parse(payload.Schema);
        Sources = new(payload.Files);
        FreshFolder = freshFolder;
        FreshStep = freshStep;
        Columns = [.. payload.Columns.Select((c, i) => ColumnOf(c, Schema.Fields[i]))];
        Rules = [.. Columns.Select(c => new TypeRules(c.Type, payload.TimeZone))];
    }

    /// <summary>The payload.</summary>
    public EnrichRequest Payload { get; }

    /// <summary>Schema of the table, system columns last.</summary>
    public TableSchema Schema { get; }

    /// <summary>The sources of rows.</summary>
    public SourceLabels Sources { get; }

    /// <summary>Folder that receives new files: the table's, or a temporary one where they are merged.</summary>
    public string FreshFolder { get; }

    /// <summary>Folder in it.</summary>
    public string FreshStep { get; }

    /// <summary>The contract's columns.</summary>
    public ImmutableArray<ContractColumn> Columns { get; }

    /// <summary>How text becomes values, by column.</summary>
    public ImmutableArray<TypeRules> Rules { get; }

    private static ContractColumn ColumnOf(EnrichColumn column, SchemaField field) => new()
    {
        Name = column.Name,
        Type = field.Type,
        Required = column.Required,
        PrimaryKeyPosition = 0,
        Classification = "",
        Description = "",
    };
}
