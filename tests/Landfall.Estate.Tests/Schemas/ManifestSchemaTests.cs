using System.Text.Json.Nodes;
using Json.Schema;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Tests.Schemas;

/// <summary>The schemas for editors and the loader say the same about keys.</summary>
public sealed class ManifestSchemaTests
{
    public static TheoryData<string, string> Manifests { get; } = new()
    {
        { "estate.yaml", "estate" },
        { "management/zone.yaml", "management-zone" },
        { "alpha/zone.yaml", "landing-zone" },
        { "beta/zone.yaml", "landing-zone" },
        { "azure/dev.yaml", "azure-environment" },
        { "alpha/integrations/events/integration.yaml", "integration" },
        { "beta/integrations/ledger/integration.yaml", "integration" },
        { "beta/products/report/product.yaml", "product" },
    };

    public static TheoryData<string> Schemas { get; } = [.. ManifestSchema.Names];

    [Fact]
    public void Schemas_All_AreTried() => Assert.Equal(
        ManifestSchema.Names, Manifests.Select(m => m.Data.Item2).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_OfOurs_IsWhatItsDraftAllows(string schema)
    {
        JsonObject own = ManifestSchema.Read(schema);

        Assert.Equal(MetaSchemas.Draft7Id, new Uri(own["$schema"]!.GetValue<string>()));
        Assert.True(MetaSchemas.Draft7.Evaluate(ManifestSchema.Element(own)).IsValid);
    }

    [Theory]
    [InlineData("required", "\"name\"")]
    [InlineData("maxProperties", "\"many\"")]
    [InlineData("properties", """{"name":{"type":"text"}}""")]
    public void Schema_WithAKeywordOfAnotherType_IsNot(string keyword, string value)
    {
        JsonObject changed = ManifestSchema.Read("estate");
        changed[keyword] = JsonNode.Parse(value);

        Assert.False(MetaSchemas.Draft7.Evaluate(ManifestSchema.Element(changed)).IsValid);
    }

    [Fact]
    public void Schema_WithAnUnknownKeyword_IsRefused()
    {
        JsonObject changed = ManifestSchema.Read("estate");
        changed["properties"]!["name"]!["maxlength"] = 40;

        JsonSchemaException refused = Assert.Throws<JsonSchemaException>(() => ManifestSchema.Build(changed));
        Assert.Contains("maxlength", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Schema_GoldenManifest_IsAccepted(string file, string schema) =>
        Assert.True(ManifestSchema.Accepts(schema, Manifest(file)));

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Schema_ManifestOfAnotherKind_IsNotAccepted(string file, string schema)
    {
        JsonNode changed = Manifest(file);
        changed["kind"] = "Other";

        Assert.False(ManifestSchema.Accepts(schema, changed));
    }

    [Theory]
    [InlineData("name", "\"Not An Id\"")]
    [InlineData("name", "7")]
    [InlineData("prices", "[]")]
    [InlineData("currency", "\"euro\"")]
    public void Schema_WrongValue_IsNotAccepted(string key, string value)
    {
        JsonNode changed = Manifest("estate.yaml");
        changed[key] = JsonNode.Parse(value);

        Assert.False(ManifestSchema.Accepts("estate", changed));
    }

    [Theory]
    [InlineData("azure-environment", "azure/dev.yaml", "tenant", "\"E9DA86D3-51CF-4A76-82D8-C50195C3F466\"")]
    [InlineData("azure-environment", "azure/dev.yaml", "region", "\"West Europe\"")]
    [InlineData("azure-environment", "azure/dev.yaml", "budgetStart", "\"2026-12-02\"")]
    [InlineData("azure-environment", "azure/dev.yaml", "environment", "\"stage\"")]
    [InlineData("azure-environment", "azure/dev.yaml", "hosts", """{"beta.ledger":{"host":"a","port":0}}""")]
    [InlineData("azure-environment", "azure/dev.yaml", "locations", """{"events":"http://a"}""")]
    [InlineData("azure-environment", "azure/dev.yaml", "gateways", """{"beta.report":{"host":"a","clients":[]}}""")]
    [InlineData("management-zone", "management/zone.yaml", "azure", """{"existing":["vault"]}""")]
    [InlineData("landing-zone", "alpha/zone.yaml", "azure", """{"existing":["purview"]}""")]
    [InlineData("integration", "alpha/integrations/events/integration.yaml", "azure", """{"service":"databricks"}""")]
    [InlineData("product", "beta/products/report/product.yaml", "azure", """{"service":"containerJob"}""")]
    [InlineData("product", "beta/products/report/product.yaml", "azure", """{"entry":{"type":"gateway"}}""")]
    [InlineData("product", "beta/products/report/product.yaml", "azure",
        """{"entry":{"type":"powerBi","authentication":"key"}}""")]
    public void Schema_WrongValueOfAzure_AgreesWithTheLoader(string schema, string file, string key, string value)
    {
        using var folder = new EstateFolder();
        JsonNode changed = Manifest(file);
        changed[key] = JsonNode.Parse(value);

        AssertAgreement(
            folder, file, schema, changed, ["LF1013", "LF1014", "LF1015", "LF1016", "LF1048"], $"{key}: {value}");
        Assert.False(ManifestSchema.Accepts(schema, changed));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Schema_WithoutAnyOneKey_AgreesWithTheLoader(string file, string schema)
    {
        using var folder = new EstateFolder();
        foreach (string[] path in Keys(Manifest(file)))
        {
            JsonNode changed = Manifest(file);
            Assert.True(Owner(changed, path).Remove(path[^1]));

            // An estate without its only target lacks no key but is wrong.
            AssertAgreement(folder, file, schema, changed, ["LF1013", "LF1014"], string.Join('/', path));
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Schema_WithAnUnknownKeyAnywhere_AgreesWithTheLoader(string file, string schema)
    {
        using var folder = new EstateFolder();
        foreach (string[] path in Keys(Manifest(file)).DistinctBy(p => string.Join('/', p[..^1])))
        {
            // Keys of the author's choice.
            if (path.Contains("locations") || path.Contains("inputs") || path.Contains("rename")
                || path is ["targets" or "zones" or "groups" or "hosts" or "gateways", _]
                    or ["zones", _, "existing", _])
            {
                continue;
            }

            JsonNode changed = Manifest(file);
            Owner(changed, path)["unheardOf"] = "x";

            AssertAgreement(folder, file, schema, changed, ["LF1012"], string.Join('/', path[..^1]));
        }
    }

    private static void AssertAgreement(
        EstateFolder folder, string file, string schema, JsonNode changed, string[] codes, string what)
    {
        // JSON is YAML.
        folder.Write(file, changed.ToJsonString());
        bool refused = folder.Problems().Any(d => d.Location.File == file && codes.Contains(d.Code));

        Assert.True(refused == !ManifestSchema.Accepts(schema, changed),
            $"{file}: {what}: the loader refused: {refused}");
    }

    private static JsonObject Owner(JsonNode root, string[] path) =>
        path[..^1].Aggregate(root, (at, key) => int.TryParse(key, out int i) ? at[i]! : at[key]!).AsObject();

    /// <summary>Paths of every key of every mapping.</summary>
    private static IEnumerable<string[]> Keys(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Keys(p.Value).Select(k => (string[])[p.Key, .. k]).Append([p.Key])),
        JsonArray a => a.SelectMany((item, i) => Keys(item).Select(k => (string[])[$"{i}", .. k])),
        _ => [],
    };

    private static JsonNode Manifest(string file) =>
        ToJson(YamlReader.Read(GoldenEstate.Files[file], file, new DiagnosticBag())!);

    private static JsonNode ToJson(YamlValue value) => value switch
    {
        YamlMapping map =>
            new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, (JsonNode?)ToJson(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { Plain: true } number when Quantities.TryDecimal(number.Text, out decimal d) => JsonValue.Create(d),
        YamlScalar { Plain: true, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlScalar text => JsonValue.Create(text.Text),
        _ => throw new NotSupportedException(value.Shape),
    };
}
