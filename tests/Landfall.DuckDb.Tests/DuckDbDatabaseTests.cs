namespace Landfall.DuckDb.Tests;

public sealed class DuckDbDatabaseTests
{
    [Fact]
    public void Open_WithSettings_AppliesThem()
    {
        using var session = new Session(
            new Dictionary<string, string> { ["threads"] = "3", ["memory_limit"] = "512MiB" });

        Assert.Equal([3L, "512.0 MiB"], session.Rows(
            "select current_setting('threads'), current_setting('memory_limit')").Single());
    }

    [Theory]
    [InlineData("threads", "many")]
    [InlineData("no_such_setting", "1")]
    public void Open_WithBadSetting_NamesItAndNotItsValue(string name, string value)
    {
        var refused = Assert.Throws<DuckDbException>(
            () => DuckDbDatabase.Open(config: new Dictionary<string, string> { [name] = value }));

        Assert.Equal("LF4103", refused.Code);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("many", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderMissing_SaysWhichDatabase()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "x.duckdb");

        var refused = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(path));

        Assert.Equal(("LF4103", DuckDbErrorType.IO), (refused.Code, refused.ErrorType));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AFileAgain_FindsItsTables()
    {
        string folder = Directory.CreateTempSubdirectory("landfall-duckdb-").FullName;
        try
        {
            string path = Path.Combine(folder, "ä b.duckdb");
            using (DuckDbDatabase database = DuckDbDatabase.Open(path))
            using (DuckDbConnection connection = database.Connect())
            {
                connection.Execute("create table t as select 42 as a");
            }

            using DuckDbDatabase again = DuckDbDatabase.Open(path);
            using DuckDbConnection reader = again.Connect();
            Assert.Equal(42, reader.Scalar<int>("from t"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Open_LockedDown_RefusesFilesAndSettings()
    {
        using var session = new Session(new Dictionary<string, string>
        {
            ["enable_external_access"] = "false",
            ["lock_configuration"] = "true",
        });

        var files = Assert.Throws<DuckDbException>(() => session.Rows("select * from read_text('/etc/hostname')"));
        var settings = Assert.Throws<DuckDbException>(() => session.Connection.Execute("set threads = 1"));

        Assert.Equal(DuckDbErrorType.Permission, files.ErrorType);
        Assert.Equal(DuckDbErrorType.InvalidInput, settings.ErrorType);
    }

    [Fact]
    public void Connect_AfterDispose_Throws()
    {
        DuckDbDatabase database = DuckDbDatabase.Open();
        database.Dispose();
        database.Dispose();

        Assert.Throws<ObjectDisposedException>(database.Connect);
    }
}
