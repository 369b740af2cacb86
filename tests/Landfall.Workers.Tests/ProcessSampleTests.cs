namespace Landfall.Workers.Tests;

public sealed class ProcessSampleTests
{
    [Fact]
    public void Parse_FilesOfTheKernel_GivesBytesAndSeconds()
    {
        ProcessSample sample = ProcessSample.Parse(
            "7 (a) b) S 1 7 7 0 -1 0 1 2 3 4 150 25 0 0 20 0",
            "Name:\ta\nVmHWM:\t   2048 kB\nRssAnon:\t 1000 kB\nRssFile:\t 9 kB\nRssShmem:\t 24 kB\n",
            "rchar: 11\nwchar: 12\nread_bytes: 4096\n");

        Assert.Equal(
            new ProcessSample
            {
                RealBytes = 1 << 20, MaxResidentBytes = 2 << 20, ReadBytes = 11, WrittenBytes = 12,
                UserSeconds = 1.5, SystemSeconds = 0.25,
            },
            sample);
    }

    [Fact]
    public void Take_ThisProcess_HasMemory() =>
        Assert.True(ProcessSample.Take(Environment.ProcessId)!.RealBytes > 1 << 20);

    [Fact]
    public void Take_NoProcess_IsNull() => Assert.Null(ProcessSample.Take(int.MaxValue));
}
