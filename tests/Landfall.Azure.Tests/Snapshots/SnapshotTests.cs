using System.Text.Json;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void Parse_Expressions_AreUnknownValuesWithTheirPlace()
    {
        var snapshot = Snapshot.Parse(
            """
            {"predictedResources": [{
              "id": "/subscriptions/s/resourceGroups/g", "type": "Microsoft.Resources/resourceGroups", "name": "g",
              "apiVersion": "2025-04-01",
              "tags": {"a": "[reference('x').y]", "b": "[[literal]", "c": "[literal"},
              "list": [{"d": "[e()]"}]}]}
            """);

        Assert.Equal(["tags.a", "list[0].d"], snapshot.Unknown.Select(u => u.Path));
        Assert.Equal("[reference('x').y]", snapshot.Unknown[0].Expression);
        Assert.Equal("/subscriptions/s/resourceGroups/g", snapshot.Unknown[0].Resource);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"predictedResources": [{"id": "x"}]}""")]
    [InlineData("nothing")]
    public void Parse_OfSomethingElse_Fails(string text) =>
        Assert.ThrowsAny<JsonException>(() => Snapshot.Parse(text));

    [Theory]
    [InlineData("/subscriptions/s", "Microsoft.Resources/subscriptions", null)]
    [InlineData("/subscriptions/s/resourceGroups/g", "Microsoft.Resources/resourceGroups", "/subscriptions/s")]
    [InlineData(
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/c", "Microsoft.A/b",
        "/subscriptions/s/resourceGroups/g")]
    [InlineData(
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/c/d/e", "Microsoft.A/b/d",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/c")]
    [InlineData(
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/c/providers/Microsoft.X/y/z", "Microsoft.X/y",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/c")]
    [InlineData("/providers/Microsoft.A/b/c", "Microsoft.A/b", null)]
    public void ResourceId_Parts_AreRead(string id, string type, string? parent)
    {
        Assert.Equal(type, ResourceId.TypeOf(id));
        Assert.Equal(parent, ResourceId.ParentOf(id));
    }

    [Fact]
    public void Cache_EntryThatWasChangedOrCut_IsMissing()
    {
        using TestFolder folder = new();
        SnapshotCache cache = new(folder.Path);
        cache.Write("k", "one\ntwo");
        string path = Path.Combine(folder.Path, "k.json");
        string whole = File.ReadAllText(path);
        Assert.Equal("one\ntwo", cache.Read("k"));

        foreach (string damaged in new[] { whole[..^1], whole.Replace("two", "twe"), "", "x" })
        {
            File.WriteAllText(path, damaged);
            Assert.Null(cache.Read("k"));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Cache_InAFolderThatIsNone_IsEmptyAndFailsNothing()
    {
        using TestFolder folder = new();
        folder.Write("file", "");
        SnapshotCache cache = new(Path.Combine(folder.Path, "file", "azure"));

        cache.Write("k", "text");

        Assert.Null(cache.Read("k"));
    }
}
