using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Serving.PowerBi;

/// <summary>A report of one page as files.</summary>
/// <param name="unit">The integration or product.</param>
/// <param name="model">The model that it shows.</param>
internal sealed class ReportFiles(BiUnit unit, SemanticModel model)
{
    private const string Page = "overview";

    private const string Schemas = "item/report/definition";

    /// <summary>The files below the folder <c>definition</c>, path and text.</summary>
    public IEnumerable<(string Path, string Text)> All()
    {
        JsonObject version = JsonText.WithSchema($"{Schemas}/versionMetadata/1.0.0");
        version["version"] = "2.0.0";
        yield return ("version.json", JsonText.Of(version));
        JsonObject report = JsonText.WithSchema($"{Schemas}/report/2.0.0");
        report["themeCollection"] = new JsonObject();
        yield return ("report.json", JsonText.Of(report));
        JsonObject pages = JsonText.WithSchema($"{Schemas}/pagesMetadata/1.0.0");
        pages["pageOrder"] = new JsonArray(Page);
        pages["activePageName"] = Page;
        yield return ("pages/pages.json", JsonText.Of(pages));
        JsonObject page = JsonText.WithSchema($"{Schemas}/page/1.0.0");
        page["name"] = Page;
        page["displayName"] = ModelName.OneLine(unit.Title);
        page["displayOption"] = "FitToPage";
        page["height"] = ReportPage.Height;
        page["width"] = ReportPage.Width;
        yield return ($"pages/{Page}/page.json", JsonText.Of(page));
        foreach ((ReportVisual visual, int index) in new ReportPage(model).Visuals().Select((v, i) => (v, i)))
        {
            string name = StableId.Short(unit.Id, visual.Type, index.ToString(CultureInfo.InvariantCulture));
            yield return ($"pages/{Page}/visuals/{name}/visual.json", JsonText.Of(Visual(visual, name, index)));
        }
    }

    private static JsonObject Visual(ReportVisual visual, string name, int index)
    {
        JsonObject json = JsonText.WithSchema($"{Schemas}/visualContainer/2.0.0");
        json["name"] = name;
        json["position"] = new JsonObject
        {
            ["x"] = visual.Cell.X,
            ["y"] = visual.Cell.Y,
            ["z"] = index,
            ["height"] = visual.Cell.Height,
            ["width"] = visual.Cell.Width,
            ["tabOrder"] = index,
        };
        JsonObject query = new()
        {
            ["queryState"] = new JsonObject(visual.Roles.Select(r =>
                KeyValuePair.Create(r.Name, (JsonNode?)Projections(r.Fields)))),
        };
        if (visual.Sort is { } sort)
        {
            query["sortDefinition"] = new JsonObject
            {
                ["sort"] = new JsonArray(new JsonObject { ["field"] = Field(sort), ["direction"] = "Descending" }),
                ["isDefaultSort"] = true,
            };
        }

        json["visual"] = new JsonObject
        {
            ["visualType"] = visual.Type,
            ["query"] = query,
            ["drillFilterOtherVisuals"] = true,
        };
        return json;
    }

    private static JsonObject Projections(ImmutableArray<ReportField> fields) => new()
    {
        ["projections"] = new JsonArray(
        [
            .. fields.Select(f => new JsonObject
            {
                ["field"] = Field(f),
                ["queryRef"] = $"{f.Table}.{f.Name}",
                ["nativeQueryRef"] = f.Name,
            }),
        ]),
    };

    private static JsonObject Field(ReportField field) => new()
    {
        [field.IsMeasure ? "Measure" : "Column"] = new JsonObject
        {
            ["Expression"] = new JsonObject { ["SourceRef"] = new JsonObject { ["Entity"] = field.Table } },
            ["Property"] = field.Name,
        },
    };
}
