using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>Columns of the contract that a source does not have are null, and said each time.</summary>
public sealed class AbsentColumnTests
{
    private static readonly string[] Columns =
    [
        "name: id, logicalType: integer, physicalType: int", "name: note, logicalType: string",
        "name: other, logicalType: string",
    ];

    [Theory]
    [InlineData("a.csv", "id,notes\n1,x\n")]
    [InlineData("a.jsonl", "{\"id\":1,\"notes\":\"x\"}\n{\"id\":2}\n")]
    [InlineData("a.json", "[{\"id\":1,\"notes\":\"x\"}]")]
    public async Task Columns_OfNoFile_AreNamedWithWhatIsThere(string file, string text)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Columns);
        lake.Put(file, text);

        Assert.Equal(
            [
                "columns of the source that the contract does not have stay in raw: notes",
                "columns of the contract that the source does not have are null: note (is notes meant?), other",
            ],
            (await lake.RunAsync()).Warnings);
    }

    [Theory]
    [InlineData("a.csv", "id,note,other\n1,,\n")]
    [InlineData("a.jsonl", "{\"id\":1,\"note\":null}\n{\"id\":2,\"other\":\"x\"}\n")]
    [InlineData("a.csv", "id,note,other\n")]
    [InlineData("a.jsonl", "")]
    public async Task Columns_ThatAreThereOrWithoutRows_AreNotNamed(string file, string text)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Columns);
        lake.Put(file, text);

        Assert.Empty((await lake.RunAsync()).Warnings);
    }

    /// <summary>What one file has is there, whatever the others lack.</summary>
    [Fact]
    public async Task Columns_OfOneFileOfSeveral_AreNotNamed()
    {
        using IngestLake lake = new("files: \"*\", mode: append", Columns);
        lake.Put("a.csv", "id,note\n1,x\n");
        lake.Put("b.jsonl", "{\"id\":2,\"other\":\"y\"}\n");

        Assert.Empty((await lake.RunAsync()).Warnings);
        lake.Put("c.csv", "id,note\n3,x\n");
        Assert.Equal(
            ["columns of the contract that the source does not have are null: other"],
            (await lake.RunAsync()).Warnings);
    }
}
