using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Evolution;

/// <summary>
/// The contract under which a version of a table was committed. It is a property of the Delta table, so that it goes
/// with the version through checkpoints, log cleanup and restores.
/// </summary>
/// <param name="Version">The contract's version.</param>
/// <param name="Table">What the table promised.</param>
internal sealed record RecordedContract(string Version, ContractTable Table)
{
    /// <summary>Name of the table property: JSON of the version, the columns as a Delta schema, and the rest.</summary>
    public const string Property = "landfall.contract";

    /// <summary>Sets schema and contract of a table with the commit, where they are not what the table has.</summary>
    public static void Declare(
        Transaction transaction, Snapshot? current, CatalogTable table, ImmutableArray<string> partitions)
    {
        TableSchema schema = ContractSchema.Of(table.Table);
        if (current is null || !current.Metadata.Schema.Equals(schema)
            || !current.Metadata.PartitionColumns.SequenceEqual(partitions))
        {
            transaction.SetSchema(schema, partitions);
        }

        string text = TextOf(table);
        if (current?.Metadata.Configuration.GetValueOrDefault(Property) != text)
        {
            transaction.SetProperty(Property, text);
        }
    }

    /// <summary>The contract of a version; null where none was recorded, or it cannot be read.</summary>
    public static RecordedContract? Of(Snapshot snapshot)
    {
        if (!snapshot.Metadata.Configuration.TryGetValue(Property, out string? text))
        {
            return null;
        }

        try
        {
            JsonNode json = JsonNode.Parse(text)!;
            return new((string)json["version"]!, TableOf(json));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException
            or ArgumentException or NullReferenceException or FormatException or CorruptTableException)
        {
            return null;
        }
    }

    /// <summary>What the property of a declared table says.</summary>
    public static string TextOf(CatalogTable table)
    {
        ContractTable promise = PromiseOf(table);
        JsonObject text = new()
        {
            ["version"] = table.Contract!.Version,
            ["description"] = promise.Description,
            ["schema"] = JsonNode.Parse(ContractSchema.Of(promise).ToJson()),
            ["required"] = Names(promise.Columns.Where(c => c.Required).Select(c => c.Name)),
            ["key"] = Names(promise.PrimaryKey),
            ["classifications"] = new JsonObject(promise.Columns.Where(c => c.Classification.Length > 0)
                .Select(c => KeyValuePair.Create(c.Name, (JsonNode?)c.Classification))),
            ["quality"] = JsonSerializer.SerializeToNode(
                promise.Quality, EngineJson.Default.ImmutableArrayQualityRule),
        };

        // Earlier versions know no unique columns: what they recorded stays as it is where there are none.
        if (promise.Columns.Any(c => c.Unique))
        {
            text["unique"] = Names(promise.Columns.Where(c => c.Unique).Select(c => c.Name));
        }

        return text.ToJsonString();
    }

    /// <summary>What the contract itself says of a table, without system columns.</summary>
    public static ContractTable PromiseOf(CatalogTable table) =>
        table.Contract!.Tables.Single(t => t.Name == table.Name.Table);

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(n => (JsonNode?)n)];

    private static ContractTable TableOf(JsonNode json)
    {
        string[] required = [.. json["required"]!.AsArray().Select(n => (string)n!)];
        string[] key = [.. json["key"]!.AsArray().Select(n => (string)n!)];
        string[] unique = [.. json["unique"]?.AsArray().Select(n => (string)n!) ?? []];
        TableSchema schema = TableSchema.Parse(json["schema"]!.ToJsonString());
        return new()
        {
            Name = "",
            Description = (string)json["description"]!,
            Columns =
            [
                .. schema.Fields.Select(f => new ContractColumn
                {
                    Name = f.Name,
                    Type = f.Type,
                    Required = required.Contains(f.Name),
                    PrimaryKeyPosition = Array.IndexOf(key, f.Name) + 1,
                    Unique = unique.Contains(f.Name),
                    Classification = (string?)json["classifications"]![f.Name] ?? "",
                    Description = (string?)JsonNode.Parse(f.Metadata)!["comment"] ?? "",
                }),
            ],
            Quality = json["quality"].Deserialize(EngineJson.Default.ImmutableArrayQualityRule),
        };
    }
}
