using Landfall.Estate.Manifests;

namespace Landfall.Estate.Tests.Contracts;

/// <summary>A contract is changed as a person would change it: the rest of its text stays as it is.</summary>
public sealed class ContractEditorTests
{
    private static readonly DateOnly Day = new(2026, 5, 1);

    [Theory]
    [InlineData(
        "      - { name: v, logicalType: string } # why",
        "      - { name: v, customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }], "
            + "logicalType: string } # why")]
    [InlineData(
        "      - name: v # why\n        logicalType: string",
        "      - name: v # why\n"
            + "        customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }]\n"
            + "        logicalType: string")]
    [InlineData(
        "      - logicalType: string\n        name: \"v\"",
        "      - logicalType: string\n        name: \"v\"\n"
            + "        customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }]")]
    [InlineData(
        "      - { name: v, customProperties: [{ property: a, value: b }] }",
        "      - { name: v, customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }, "
            + "{ property: a, value: b }] }")]
    [InlineData(
        "      - name: v\n        customProperties:\n          - property: a\n            value: b",
        "      - name: v\n        customProperties:\n"
            + "          - { property: landfall.goneFromSource, value: \"2026-05-01\" }\n"
            + "          - property: a\n            value: b")]
    public void Column_OfAnyStyle_IsMarked(string before, string after)
    {
        (string text, string version) = ContractEditor.MarkGone(Contract("1.4.2", before), "t", "v", Day);

        Assert.Equal(Contract("1.5.0", after), text);
        Assert.Equal("1.5.0", version);
    }

    [Fact]
    public void Column_AtTheEndOfAFileWithoutALastLineEnd_IsMarked()
    {
        string contract = Contract("1.0.0", "      - name: v").TrimEnd('\n');

        (string text, _) = ContractEditor.MarkGone(contract, "t", "v", Day);

        Assert.EndsWith(
            "- name: v\n        customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }]\n",
            text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"1.0.0\"", "\"1.1.0\"")]
    [InlineData("'1.9.3'", "\"1.10.0\"")]
    [InlineData("2.0.0-beta", "2.1.0")]
    public void Version_OfAnyStyle_Rises(string before, string after) => Assert.Contains(
        $"version: {after}\n",
        ContractEditor.MarkGone(Contract(before, "      - name: v"), "t", "v", Day).Text, StringComparison.Ordinal);

    [Fact]
    public void LineEnds_StayAsTheyAre()
    {
        string contract = Contract("1.0.0", "      - name: v\n        logicalType: string")
            .Replace("\n", "\r\n", StringComparison.Ordinal);

        string text = ContractEditor.MarkGone(contract, "t", "v", Day).Text;

        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Contract(string version, string column) => $$"""
        # A contract with ünicode before it
        apiVersion: v3.1.0
        kind: DataContract
        id: x
        version: {{version}}
        schema:
          - name: s
            properties:
              - { name: v }
          - name: t
            properties:
              - { name: id, logicalType: integer }
        {{column}}

        """;
}
