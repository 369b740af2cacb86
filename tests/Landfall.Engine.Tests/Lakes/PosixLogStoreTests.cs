using System.Text;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Testing.Delta;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Tests.Lakes;

public sealed class PosixLogStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Table => Path.Combine(_folder.Path, "a", "b");

    private string Log => Path.Combine(Table, "_delta_log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_MissingFileOrFolder_IsNullNotEmpty()
    {
        var store = new PosixLogStore(Table);
        Assert.Null(await store.ReadAsync("0.json", default));
        Assert.Empty(await store.ListAsync("", default));
        Assert.Null(await store.ModifiedAsync("0.json", default));

        await store.PutAsync("1.json", default, default);

        Assert.Null(await store.ReadAsync("0.json", default));
        Assert.True((await store.ReadAsync("1.json", default))!.Value.IsEmpty);
    }

    [Fact]
    public async Task PutIfAbsent_Twice_KeepsTheFirst()
    {
        var store = new PosixLogStore(Table);

        Assert.True(await store.PutIfAbsentAsync("0.json", Bytes("first"), default));
        Assert.False(await store.PutIfAbsentAsync("0.json", Bytes("second"), default));

        Assert.Equal("first", Text(await store.ReadAsync("0.json", default)));
        Assert.Equal(["0.json"], Directory.GetFiles(Log).Select(Path.GetFileName));
    }

    [Fact]
    public async Task PutIfAbsent_ManyAtOnce_ExactlyOneWins()
    {
        for (int round = 0; round < 50; round++)
        {
            int wins = 0;
            await Parallel.ForAsync(0, 8, async (i, _) =>
            {
                if (await new PosixLogStore(Table).PutIfAbsentAsync($"{round}.json", Bytes($"{i}"), default))
                {
                    Interlocked.Increment(ref wins);
                }
            });
            Assert.Equal(1, wins);
        }
    }

    [Fact]
    public async Task Put_ExistingFile_ReplacesIt()
    {
        var store = new PosixLogStore(Table);
        await store.PutAsync("_last_checkpoint", Bytes("old"), default);
        await store.PutAsync("_last_checkpoint", Bytes("new"), default);

        Assert.Equal("new", Text(await store.ReadAsync("_last_checkpoint", default)));
        await store.DeleteAsync("_last_checkpoint", default);
        await store.DeleteAsync("_last_checkpoint", default);
        Assert.Empty(await store.ListAsync("", default));
    }

    [Fact]
    public async Task List_From_IsOrdinalAndHidesTemporaries()
    {
        var store = new PosixLogStore(Table);
        foreach (string name in new[] { "b", "a", "_c", "B", ".hidden.tmp" })
        {
            await store.PutAsync(name, default, default);
        }

        Assert.Equal(["B", "_c", "a", "b"], await store.ListAsync("", default));
        Assert.Equal(["a", "b"], await store.ListAsync("a", default));
    }

    [Fact]
    public async Task PutIfAbsent_InOrder_SyncsBeforeItAcknowledges()
    {
        var recorder = new Recorder();

        await new PosixLogStore(Table, recorder.Calls).PutIfAbsentAsync("0.json", Bytes("x"), default);

        Assert.Equal(["write tmp", "fsync tmp", "link 0.json", "unlink tmp", "fsync-folder _delta_log"], recorder.Made);
    }

    [Fact]
    public async Task Put_InOrder_SyncsBeforeItReturns()
    {
        var recorder = new Recorder();

        await new PosixLogStore(Table, recorder.Calls).PutAsync("x", Bytes("x"), default);

        Assert.Equal(["write tmp", "fsync tmp", "rename x", "fsync-folder _delta_log"], recorder.Made);
    }

    [Theory]
    [InlineData("write tmp", "LF4211", false)]
    [InlineData("fsync tmp", "LF4211", false)]
    [InlineData("link 0.json", "LF4211", false)]
    [InlineData("fsync-folder _delta_log", "LF4231", true)]
    public async Task PutIfAbsent_CallFails_IsNotAcknowledged(string call, string code, bool visible)
    {
        var store = new PosixLogStore(Table, new Recorder { FailAt = call }.Calls);

        var thrown = await Assert.ThrowsAsync<StorageException>(() =>
            store.PutIfAbsentAsync("0.json", Bytes("x"), default));

        Assert.Equal((code, 28, true), (thrown.Code, thrown.ErrorNumber, thrown.IsFull));
        Assert.Equal(visible ? ["0.json"] : [], Directory.GetFiles(Log).Select(Path.GetFileName));
    }

    [Fact]
    public async Task PutIfAbsent_UnlinkFails_IsAcknowledgedAllTheSame()
    {
        var store = new PosixLogStore(Table, new Recorder { FailAt = "unlink tmp" }.Calls);

        Assert.True(await store.PutIfAbsentAsync("0.json", Bytes("x"), default));
        Assert.Equal(["0.json"], await store.ListAsync("", default));
    }

    [Fact]
    public void FSync_FolderThatIsGone_NamesTheCallAndError()
    {
        var thrown = Assert.Throws<StorageException>(() => PosixCalls.FSyncFolder(Path.Combine(_folder.Path, "gone")));

        Assert.Equal(("LF4210", 2), (thrown.Code, thrown.ErrorNumber));
        Assert.StartsWith("open of ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FSync_FileThatCannotSync_Throws()
    {
        using SafeFileHandle pipe = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);

        Assert.Equal(22, Assert.Throws<StorageException>(() => PosixCalls.FSync(pipe, "/dev/null")).ErrorNumber);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte>? content) => Encoding.UTF8.GetString(content!.Value.Span);

    /// <summary>
    /// Records calls in the log, with temporary names cut to <c>tmp</c>, and fails one for want of space.
    /// </summary>
    private sealed class Recorder
    {
        public Recorder() => Calls = new(Record);

        public WatchedCalls Calls { get; }

        public List<string> Made { get; } = [];

        public string? FailAt { get; init; }

        private void Record(StorageCall call)
        {
            string name = Path.GetFileName(call.Path);
            string made = $"{call.Kind} {(name.EndsWith(".tmp", StringComparison.Ordinal) ? "tmp" : name)}";
            if (!call.Path.Contains("_delta_log", StringComparison.Ordinal) || call.Kind == "mkdir")
            {
                return;
            }

            Made.Add(made);
            if (made == FailAt)
            {
                throw new StorageException("No space.", 28);
            }
        }
    }
}
