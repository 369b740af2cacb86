using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Serving.PowerBi;

/// <summary>A semantic model as files of TMDL.</summary>
/// <param name="unit">The integration or product.</param>
/// <param name="model">What of it is in the model.</param>
/// <param name="address">Where its tables are.</param>
/// <param name="mode">Where Power BI computes.</param>
internal sealed class TmdlFiles(BiUnit unit, SemanticModel model, SqlAddress address, StorageMode mode)
{
    private string Server => FreeName("Server");

    private string Database => FreeName("Database");

    /// <summary>The files below the folder <c>definition</c>, path and text.</summary>
    public IEnumerable<(string Path, string Text)> All()
    {
        yield return ("database.tmdl", "database\n\tcompatibilityLevel: 1600\n");
        yield return ("model.tmdl", Model());
        yield return ("expressions.tmdl", Expressions());
        if (model.Relationships.Length > 0)
        {
            yield return ("relationships.tmdl", Relationships());
        }

        HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
        foreach (ModelTable table in model.Tables)
        {
            string file = ModelName.Unique(ModelName.FileName(table.Name, "table"), files);
            yield return ($"tables/{file}.tmdl", Table(table));
        }
    }

    private string Model()
    {
        TmdlText text = new TmdlText()
            .Line(0, "model Model")
            .Line(1, "culture: en-US")
            .Line(1, "defaultPowerBIDataSourceVersion: powerBI_V3")
            .Blank();
        foreach (ModelTable table in model.Tables)
        {
            _ = text.Line(0, $"ref table {TmdlText.Name(table.Name)}");
        }

        return text.ToString();
    }

    private string Expressions() => new TmdlText()
        .Description(0, "Host and port; the name must be one of the server's certificate.")
        .Line(0, $"expression {Server} = {PowerQuery.Parameter(address.Server)}")
        .Line(1, $"lineageTag: {Id("expression", "server")}")
        .Blank()
        .Description(0, "The zone's database.")
        .Line(0, $"expression {Database} = {PowerQuery.Parameter(address.Database)}")
        .Line(1, $"lineageTag: {Id("expression", "database")}")
        .ToString();

    private string Relationships()
    {
        TmdlText text = new();
        foreach (ModelRelationship r in model.Relationships)
        {
            _ = text.Line(0, $"relationship {Id("relationship", r.FromTable, r.FromColumn, r.ToTable, r.ToColumn)}");
            _ = r.IsActive ? text : text.Line(1, "isActive: false");
            _ = r.IsToOne ? text : text.Line(1, "toCardinality: many");
            _ = text
                .Line(1, $"fromColumn: {TmdlText.Name(r.FromTable)}.{TmdlText.Name(r.FromColumn)}")
                .Line(1, $"toColumn: {TmdlText.Name(r.ToTable)}.{TmdlText.Name(r.ToColumn)}")
                .Blank();
        }

        return text.ToString();
    }

    private string Table(ModelTable table)
    {
        TmdlText text = new TmdlText()
            .Description(0, table.Description)
            .Line(0, $"table {TmdlText.Name(table.Name)}")
            .Line(1, $"lineageTag: {Id("table", table.Name)}")
            .Blank();
        foreach (ModelMeasure measure in table.Measures)
        {
            _ = text.Description(1, measure.Description)
                .Line(1, $"measure {TmdlText.Name(measure.Name)} = {measure.Expression}")
                .Property(2, "formatString", measure.Format)
                .Line(2, $"lineageTag: {Id("measure", measure.Name)}")
                .Blank();
        }

        foreach (ContractColumn column in table.Columns)
        {
            Column(text, table, column);
        }

        _ = text
            .Line(1, $"partition {TmdlText.Name(table.Name)} = m")
            .Line(2, $"mode: {(mode == StorageMode.Import ? "import" : "directQuery")}")
            .Line(2, "source =");
        foreach (string line in PowerQuery.Table(
            Server, Database, unit.Schema, table.Name, table.Columns.Select(c => c.Name)))
        {
            _ = text.Line(4, line);
        }

        return text.ToString();
    }

    private void Column(TmdlText text, ModelTable table, ContractColumn column)
    {
        _ = text.Description(1, column.Description)
            .Line(1, $"column {TmdlText.Name(column.Name)}")
            .Line(2, $"dataType: {TypeOf(column.Type)}");
        _ = column.Name == table.Key ? text.Line(2, "isKey") : text;
        _ = text.Property(2, "formatString", FormatOf(column.Type))
            .Line(2, $"lineageTag: {Id("column", table.Name, column.Name)}")
            .Line(2, $"summarizeBy: {(IsSummed(table, column) ? "sum" : "none")}")
            .Property(2, "sourceColumn", column.Name)
            .Blank();
    }

    /// <summary>Only what the contract sums is summed by itself: prices, shares and ids are not.</summary>
    private bool IsSummed(ModelTable table, ContractColumn column) =>
        unit.Contract.Tables.First(t => t.Name == table.Name).Measures
            .Any(m => m.Aggregate == MeasureAggregate.Sum && m.Column == column.Name);

    /// <summary>
    /// The type in the model. Its <c>decimal</c> has four digits after the point; a column with more would lose some,
    /// and is a <c>double</c>, which has fifteen in all.
    /// </summary>
    private static string TypeOf(DataType type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.BigInt => "int64",
        TypeKind.Decimal => type.Scale <= 4 ? "decimal" : "double",
        TypeKind.Double => "double",
        TypeKind.Boolean => "boolean",
        TypeKind.Date or TypeKind.Timestamp => "dateTime",
        TypeKind.Binary => "binary",
        _ => "string",
    };

    private static string FormatOf(DataType type) => type.Kind switch
    {
        TypeKind.Date => "yyyy-mm-dd",
        TypeKind.Timestamp => "yyyy-mm-dd hh:nn:ss",
        TypeKind.Decimal => type.Scale == 0 ? "#,0" : $"#,0.{new string('0', type.Scale)}",
        _ => "",
    };

    /// <summary>Tables and parameters are queries of one list.</summary>
    private string FreeName(string name) =>
        model.Tables.Any(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? name + "Parameter" : name;

    private string Id(params string[] names) => StableId.Uuid([unit.Id, .. names]);
}
