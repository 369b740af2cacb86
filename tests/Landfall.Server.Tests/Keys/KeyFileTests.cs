using System.Net;
using Landfall.Estate;
using Landfall.Server.Keys;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Server.Tests.Keys;

public sealed class KeyFileTests
{
    [Fact]
    public async Task ReadOrCreate_Twice_GivesTheSameKeysToTheOwnerAlone()
    {
        using TemporaryFolder folder = new();
        var file = KeyFile.Of(folder.Path, "cloud");

        EndpointKeys first = await file.ReadOrCreateAsync();
        EndpointKeys second = await file.ReadOrCreateAsync();

        Assert.Equal((first.Primary, first.Secondary), (second.Primary, second.Secondary));
        Assert.NotEqual(first.Primary, first.Secondary);
        Assert.Equal(43, first.Primary.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FilePath));
        Assert.Equal([file.FilePath], Directory.GetFiles(Path.GetDirectoryName(file.FilePath)!));
    }

    [Fact]
    public async Task Read_FileOthersCanRead_IsRefused()
    {
        using TemporaryFolder folder = new();
        var file = KeyFile.Of(folder.Path, "cloud");
        _ = await file.ReadOrCreateAsync();
        File.SetUnixFileMode(file.FilePath, File.GetUnixFileMode(file.FilePath) | UnixFileMode.GroupRead);

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(file.ReadAsync);

        Assert.Equal("LF4422", refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"primary":"short","secondary":"short"}""")]
    public async Task Read_FileWithoutKeys_IsRefusedWithoutShowingIt(string content)
    {
        using TemporaryFolder folder = new();
        KeyFile file = new(Path.Combine(folder.Path, "k.json"));
        await File.WriteAllTextAsync(file.FilePath, content);
        File.SetUnixFileMode(file.FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(file.ReadAsync);

        Assert.Equal("LF4422", refusal.Code);
        Assert.DoesNotContain("short", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation_WhileServing_TakesOverWithoutARestart()
    {
        using TemporaryFolder folder = new();
        var file = KeyFile.Of(folder.Path, "cloud");
        await using TestServer server = await TestServer.StartAsync(new(), file, TestServer.Champion());
        EndpointKeys before = server.Keys;

        file.Write(before.WithNewPrimary());
        await Eventually.TrueAsync(() => server.Keys.Primary != before.Primary);

        using HttpResponseMessage old = await server.ScoreAsync("""{"services":["service-0"]}""");
        using HttpResponseMessage other = await server.PostAsync(
            TestServer.Base + "/score", """{"services":["service-0"]}""",
            h => h.Authorization = new("Bearer", before.Secondary));
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }
}
