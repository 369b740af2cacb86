using Landfall.Estate.Types;

namespace Landfall.Delta.Tests;

public sealed class TableSchemaTests
{
    [Fact]
    public void ToJson_ThenParse_IsTheSameSchema()
    {
        TableSchema schema = new(
        [
            new("a", DataType.Boolean), new("b", DataType.Int, Nullable: false), new("c", DataType.BigInt),
            new("d", DataType.Double), new("e", DataType.Decimal(38, 18)), new("f", DataType.String),
            new("g", DataType.Binary), new("h", DataType.Date), new("i", DataType.Timestamp),
            new("j", DataType.Array(DataType.Struct([new("k", DataType.Array(DataType.Int), Nullable: false)]))),
            SchemaField.Described("l", DataType.String, true, "A \"name\" with ümlaut."),
        ]);

        TableSchema read = TableSchema.Parse(schema.ToJson());

        Assert.Equal(schema, read);
        Assert.Equal(schema.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("\"timestamp_ntz\"", "timestamp_ntz (column c)")]
    [InlineData("\"void\"", "void (column c)")]
    [InlineData("{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\",\"valueContainsNull\":true}",
        "map (column c)")]
    public void Parse_TypeWithoutAContractType_IsRefusedByName(string type, string feature)
    {
        string json = $$$"""
            {"type":"struct","fields":[{"name":"c","type":{{{type}}},"nullable":true,"metadata":{}}]}
            """;

        Assert.Equal(feature, Assert.Throws<UnsupportedTableException>(() => TableSchema.Parse(json)).Feature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"fields\":[{\"name\":\"c\"}]}")]
    public void Parse_Damaged_Throws(string json) => Assert.Throws<CorruptTableException>(() =>
        TableSchema.Parse(json));
}
