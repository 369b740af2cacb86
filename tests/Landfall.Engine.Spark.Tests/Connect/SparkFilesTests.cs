using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>Views over files.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkFilesTests(SparkFixture spark)
{
    /// <summary>Each name would take the other file along, or miss its own, if it were read as a pattern.</summary>
    [SparkTheory]
    [InlineData("a*", "ab")]
    [InlineData("a?", "ab")]
    [InlineData("[ab]", "a")]
    [InlineData("{a,b}", "a")]
    [InlineData(@"a\b", "ab")]
    [InlineData("a b", "a%20b")]
    [InlineData("a%20b", "a b")]
    [InlineData("ä#1=", "a")]
    public async Task View_OddName_ReadsThatFileAlone(string name, string other)
    {
        string folder = Directory.CreateDirectory(spark.NewPath()).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, name), "mine");
        await File.WriteAllTextAsync(Path.Combine(folder, other), "other");

        await spark.Session.CreateViewAsync(
            "odd", new("text", "value string", [Path.Combine(folder, name)]), CancellationToken.None);

        SparkRows rows = await spark.Session.QueryAsync("select value from odd", CancellationToken.None);
        Assert.Equal(["mine"], Assert.Single(rows.Rows));
    }

    [SparkFact]
    public async Task View_OfSeveralFiles_HasSchemaOptionsAndComputedColumns()
    {
        string folder = Directory.CreateDirectory(spark.NewPath()).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one.csv"), "1;x\n2;y\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "two.csv"), "3;z\n");
        SparkFiles files = new(
            "csv", "id int, name string", [Path.Combine(folder, "one.csv"), Path.Combine(folder, "two.csv")])
        {
            Computed = [new("file", "_metadata.file_name")],
        };

        await spark.Session.CreateViewAsync(
            "several", files with { Options = files.Options.Add("sep", ";") }, CancellationToken.None);

        SparkRows rows = await spark.Session.QueryAsync("select * from several order by id", CancellationToken.None);
        Assert.Equal(["id", "name", "file"], rows.Columns);
        Assert.Equal([[1, "x", "one.csv"], [2, "y", "one.csv"], [3, "z", "two.csv"]], rows.Rows);
    }

    [SparkFact]
    public async Task View_SameName_IsReplaced()
    {
        string folder = spark.NewPath();
        await spark.Session.WriteAsync(new("select 5 as a", folder), null, CancellationToken.None);
        string file = Directory.GetFiles(folder, "*.parquet").Single();

        await spark.Session.CreateViewAsync("same", new("parquet", "b int", [file]), CancellationToken.None);
        await spark.Session.CreateViewAsync("same", new("parquet", Schema: null, [file]), CancellationToken.None);

        Assert.Equal(["a"], (await spark.Session.QueryAsync("select * from same", CancellationToken.None)).Columns);
    }

    [SparkFact]
    public async Task View_MissingFile_IsSaidAtOnce()
    {
        SparkException e = await Assert.ThrowsAsync<SparkException>(() => spark.Session.CreateViewAsync(
            "missing", new("text", "value string", [spark.NewPath()]), CancellationToken.None));

        Assert.Equal("PATH_NOT_FOUND", e.ErrorClass);
        Assert.Same(e, e.Reportable());
    }

    [SparkFact]
    public async Task View_OfNoFiles_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => spark.Session.CreateViewAsync("none", new("text", null, []), CancellationToken.None));
}
