using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Contracts;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>&lt;zone&gt;/products/&lt;id&gt;/product.yaml</c>, its SQL files and its contract.</summary>
internal static class ProductManifest
{
    /// <summary>The product; null when the manifest cannot be read at all.</summary>
    public static Product? Read(
        LoadContext context, string zone, string folder, ImmutableArray<IProductManifest> kinds)
    {
        string path = $"{zone}/products/{folder}";
        string key = $"zone:{zone}/product:{folder}";
        Contract contract = ContractFile.Read(context, path, key, nestedTypes: false);
        if (context.Files.ReadMapping($"{path}/product.yaml") is not { } mapping)
        {
            _ = context.Unreadable.Add(folder);
            return null;
        }

        var section = new Section(context, mapping, $"The product '{folder}'");
        section.Header("Product", EstateManifest.Versions);
        UnitHead head = UnitHead.Read(section, key, folder);
        context.Mark($"{key}/serve", section.Place("serve"));
        string type = section.Word("type", [.. kinds.Select(k => k.Type)]);
        IProductManifest kind = kinds.FirstOrDefault(k => k.Type == type) ?? kinds[0];
        var product = new Product
        {
            Id = folder,
            Zone = zone,
            Type = kind.Type,
            Title = head.Title,
            Owner = head.Owner,
            Pool = head.Pool,
            Azure = AzureUnitManifest.Read(section, key, AzureServices.OfProducts, isProduct: true),
            Serve = section.Words("serve", ZoneManifest.Serving, required: false),
            Tables =
            [
                .. Tables(section, path, key),
                .. kind.ComputedTables.Select(t => ComputedTable(t, $"{path}/product.yaml")),
            ],
            Details = kind.Read(section, key),
            Contract = contract,
        };
        section.Close();
        return product;
    }

    private static ImmutableArray<ProductTable> Tables(Section product, string path, string key)
    {
        ImmutableArray<ProductTable>.Builder tables = ImmutableArray.CreateBuilder<ProductTable>();
        foreach (Section section in product.Sections("tables", "The table"))
        {
            string name = section.Text("name");
            string file = section.OptionalText("sql") ?? $"{name}.sql";
            UnitParts.MarkUnique(section, $"{key}/table:", name, "name");
            tables.Add(new()
            {
                Name = name,
                SqlFile = $"{path}/{file}",
                Sql = name.Length > 0 ? Sql(section, path, file) : "",
                Incremental = Incremental(section, $"{key}/table:{name}/incremental"),
            });
            section.Close();
        }

        return tables.ToImmutable();
    }

    private static ProductTable ComputedTable(string name, string manifest) => new()
    {
        Name = name, IsComputed = true, SqlFile = manifest, Sql = "", Incremental = null,
    };

    private static string Sql(Section section, string path, string file)
    {
        if (file.StartsWith('/') || file.Contains('\\') || file.Split('/').Contains(".."))
        {
            section.Context.Diagnostics.Error(
                "LF1014", section.Place("sql"), $"'{file}' is no value of 'sql'.",
                "Write the name of a file in the product's folder.");
            return "";
        }

        string? text = section.Context.Files.ReadText($"{path}/{file}");
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            section.Context.Diagnostics.Error(
                "LF1049", new($"{path}/{file}", 1, 1), "The SQL file is empty.", "Write one select statement.");
        }

        return text ?? "";
    }

    private static IncrementalRule? Incremental(Section table, string key)
    {
        table.Context.Mark(key, table.Place("incremental"));
        if (table.Nested("incremental", "The incremental rule", required: false) is not { } section)
        {
            return null;
        }

        table.Context.Mark($"{key}/column", section.Place("column"));
        string column = section.Text("column");
        ImmutableSortedDictionary<TableName, string>.Builder inputs =
            ImmutableSortedDictionary.CreateBuilder<TableName, string>();
        foreach (YamlEntry entry in section.Entries("inputs"))
        {
            if (!TableName.TryParse(entry.Key.Text, out TableName name) || name.ToString() != entry.Key.Text)
            {
                table.Context.Diagnostics.Error(
                    "LF1046", entry.Key.Location, $"'{entry.Key.Text}' is no table name.",
                    "Write zone.unit.table in lower case, with '_' for '-'.");
            }
            else if (section.AsScalar(entry.Value, entry.Key.Text) is { } expression)
            {
                table.Context.Mark($"{key}/input:{name}", entry.Key.Location);
                inputs[name] = expression.Text.Length > 0
                    ? expression.Text
                    : section.Wrong(expression, entry.Key.Text, $"an expression that gives {column}", "");
            }
        }

        section.Close();
        return new(column, inputs.ToImmutable());
    }
}
