using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Serving.PowerBi;

/// <summary>
/// What the first page of a report shows. Of the table that says most: its first measures as cards beside those of the
/// other tables, the first one by time and by the best text, and all of them in a table.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class ReportPage(SemanticModel model)
{
    /// <summary>Size of the page in Power BI's units.</summary>
    public const int Width = 1280, Height = 720;

    private const int Margin = 20, CardHeight = 110, ChartHeight = 290, CardsOfATable = 3, TableMeasures = 8;

    private ModelTable Main { get; } = model.Tables
        .Where(t => t.Measures.Length > 0)
        .OrderByDescending(t => Time(t) is not null && Text(t) is not null)
        .ThenByDescending(t => t.Measures.Length)
        .First();

    /// <summary>The visuals, from left to right and top to bottom.</summary>
    public ImmutableArray<ReportVisual> Visuals() => [.. Cards(), .. Charts(), Table()];

    private IEnumerable<ReportVisual> Cards()
    {
        ReportField[] measures =
        [
            .. Measures(Main).Take(CardsOfATable),
            .. model.Tables.Where(t => t != Main).OrderByDescending(t => t.Measures.Length).SelectMany(Measures)
                .Take(CardsOfATable),
        ];
        return measures.Select((m, i) => new ReportVisual(
            "card", Cell(i, measures.Length, Margin, CardHeight), [new("Values", [m])], Sort: null));
    }

    private ReportVisual[] Charts()
    {
        ReportField measure = Measures(Main).First();
        List<(string Type, ContractColumn Column)> charts = [];
        if (Time(Main) is { } time)
        {
            charts.Add((time.Type.Kind == TypeKind.Date ? "clusteredColumnChart" : "lineChart", time));
        }

        if (Text(Main) is { } text)
        {
            charts.Add(("clusteredBarChart", text));
        }

        return
        [
            .. charts.Select((c, i) => new ReportVisual(
                c.Type, Cell(i, charts.Count, (2 * Margin) + CardHeight, ChartHeight),
                [new("Category", [Field(Main, c.Column)]), new("Y", [measure])],
                c.Type == "clusteredBarChart" ? measure : null)),
        ];
    }

    private ReportVisual Table()
    {
        ContractColumn?[] columns = [Time(Main), Text(Main)];
        int top = Main.Columns.Any(c => columns.Contains(c))
            ? (3 * Margin) + CardHeight + ChartHeight
            : (2 * Margin) + CardHeight;
        return new(
            "tableEx", Cell(0, 1, top, Height - Margin - top),
            [
                new("Values",
                [
                    .. columns.OfType<ContractColumn>().Select(c => Field(Main, c)),
                    .. Measures(Main).Take(TableMeasures),
                ]),
            ],
            Sort: null);
    }

    /// <summary>The column that time goes by: a day rather than an instant, of the key rather than not.</summary>
    private static ContractColumn? Time(ModelTable table) => table.Columns
        .Where(c => c.Type.Kind is TypeKind.Date or TypeKind.Timestamp)
        .OrderBy(c => c.Type.Kind)
        .ThenBy(c => c.PrimaryKeyPosition == 0)
        .FirstOrDefault();

    /// <summary>The column whose texts say most: a name rather than an id of the key.</summary>
    private static ContractColumn? Text(ModelTable table) => table.Columns
        .Where(c => c.Type.Kind == TypeKind.String)
        .OrderBy(c => c.PrimaryKeyPosition > 0 || c.Name.EndsWith("_id", StringComparison.OrdinalIgnoreCase))
        .FirstOrDefault();

    private static IEnumerable<ReportField> Measures(ModelTable table) =>
        table.Measures.Select(m => new ReportField(ModelName.OneLine(table.Name), m.Name, IsMeasure: true));

    private static ReportField Field(ModelTable table, ContractColumn column) =>
        new(ModelName.OneLine(table.Name), ModelName.OneLine(column.Name), IsMeasure: false);

    /// <summary>One of the equal cells of a row.</summary>
    private static ReportCell Cell(int index, int count, int top, int height)
    {
        int width = (Width - Margin) / count;
        return new(Margin + (index * width), top, width - Margin, height);
    }
}
