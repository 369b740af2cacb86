using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Enriching.Columns;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>A payload made ready for reading. Immutable; shared by threads.</summary>
internal sealed class EnrichPlan
{
    /// <summary>The extra column with a row's number in its file.</summary>
    public const string RowColumn = "_landfall_number";

    /// <summary>The extra column with a row as the source sent it.</summary>
    public const string RecordColumn = "_landfall_record";

    /// <summary>Makes a payload ready.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="freshFolder">Folder that receives new files.</param>
    /// <param name="freshStep">Folder in it.</param>
    /// <param name="keepsRecords">
    /// Whether new files have <see cref="RowColumn"/> and <see cref="RecordColumn"/>, to quarantine good rows by what
    /// is known of the others.
    /// </param>
    public EnrichPlan(EnrichRequest payload, string freshFolder, string freshStep, bool keepsRecords)
    {
        KeepsRecords = keepsRecords;
        Payload = payload;
        Schema = TableSchema.Parse(payload.Schema);
        FreshSchema = !keepsRecords ? Schema
            : new([.. Schema.Fields, new(RowColumn, DataType.BigInt), new(RecordColumn, DataType.String)]);
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

    /// <summary>Whether new files have the two extra columns.</summary>
    public bool KeepsRecords { get; }

    /// <summary>Schema of new files: the table's, and the extra columns.</summary>
    public TableSchema FreshSchema { get; }

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
