using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Estate;

namespace Landfall.Serving.PowerBi;

/// <summary>
/// A project of Power BI Desktop on an integration or product, and the connection to its database: files as texts,
/// always the same for the same input.
/// </summary>
public sealed record PowerBiProject
{
    private const string Report = "Report";

    private const string Model = "SemanticModel";

    /// <summary>The name that its files begin with.</summary>
    public required string Name { get; init; }

    /// <summary>Texts by path, with <c>/</c> between folders.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>What of the contract is not in the model, each a phrase with its reason.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>The file that opens the project.</summary>
    public string ProjectFile => $"{Name}.pbip";

    /// <summary>The file that opens a new report on the database.</summary>
    public string ConnectionFile => $"{Name}.pbids";

    /// <summary>The project of an integration or product.</summary>
    /// <param name="unit">The integration or product.</param>
    /// <param name="address">Where its tables are.</param>
    /// <param name="mode">Where Power BI computes.</param>
    /// <exception cref="LandfallException">LF4921: no column of it may be in a model.</exception>
    public static PowerBiProject Of(BiUnit unit, SqlAddress address, StorageMode mode)
    {
        SemanticModel model = SemanticModel.Of(unit.Contract);
        if (model.Tables.IsEmpty)
        {
            throw new LandfallException(
                PowerBiCodes.NotServed,
                $"Every column of {unit.Id} is personal or restricted, so that a model would be empty. Nothing was "
                + "written.");
        }

        string name = ModelName.FileName(unit.Title, unit.Id);
        IEnumerable<(string Path, string Text)> files =
        [
            ($"{name}.pbids", Connection(address, mode)),
            ($"{name}.pbip", Shortcut(name)),
            ($"{name}.{Report}/.platform", Platform(unit, Report)),
            ($"{name}.{Report}/definition.pbir", ReportDefinition(name)),
            .. new ReportFiles(unit, model).All().Select(f => ($"{name}.{Report}/definition/{f.Path}", f.Text)),
            ($"{name}.{Model}/.platform", Platform(unit, Model)),
            ($"{name}.{Model}/definition.pbism", ModelDefinition()),
            .. new TmdlFiles(unit, model, address, mode).All()
                .Select(f => ($"{name}.{Model}/definition/{f.Path}", f.Text)),
        ];
        return new()
        {
            Name = name,
            Files = files.ToImmutableSortedDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal),
            LeftOut = model.LeftOut,
        };
    }

    /// <summary>It has one source, and neither tables nor credentials, which Power BI does not read from it.</summary>
    private static string Connection(SqlAddress address, StorageMode mode) => JsonText.Of(new JsonObject
    {
        ["version"] = "0.1",
        ["connections"] = new JsonArray(new JsonObject
        {
            ["details"] = new JsonObject
            {
                ["protocol"] = "postgresql",
                ["address"] = new JsonObject { ["server"] = address.Server, ["database"] = address.Database },
            },
            ["options"] = new JsonObject(),
            ["mode"] = mode.ToString(),
        }),
    });

    private static string Shortcut(string name)
    {
        JsonObject json = JsonText.WithSchema("pbip/pbipProperties/1.0.0");
        json["version"] = "1.0";
        json["artifacts"] = new JsonArray(
            new JsonObject { ["report"] = new JsonObject { ["path"] = $"{name}.{Report}" } });
        json["settings"] = new JsonObject { ["enableAutoRecovery"] = true };
        return JsonText.Of(json);
    }

    private static string ReportDefinition(string name)
    {
        JsonObject json = JsonText.WithSchema("item/report/definitionProperties/2.0.0");
        json["version"] = "4.0";
        json["datasetReference"] = new JsonObject
        {
            ["byPath"] = new JsonObject { ["path"] = $"../{name}.{Model}" },
        };
        return JsonText.Of(json);
    }

    private static string ModelDefinition()
    {
        JsonObject json = JsonText.WithSchema("item/semanticModel/definitionProperties/1.0.0");
        json["version"] = "4.2";
        json["settings"] = new JsonObject();
        return JsonText.Of(json);
    }

    private static string Platform(BiUnit unit, string type)
    {
        JsonObject json = JsonText.WithSchema("gitIntegration/platformProperties/2.0.0");
        json["metadata"] = new JsonObject { ["type"] = type, ["displayName"] = ModelName.OneLine(unit.Title) };
        json["config"] = new JsonObject { ["version"] = "2.0", ["logicalId"] = StableId.Uuid(unit.Id, type) };
        return JsonText.Of(json);
    }
}
