using System.Buffers.Binary;

namespace Landfall.Cli.Tests;

/// <summary>Folders for other platforms are runnable as far as a machine that cannot run them can tell.</summary>
public sealed class PublishTests : IDisposable
{
    private const ushort Elf64Arm = 183;
    private const uint MachO64 = 0xfeedfacf;
    private const uint MachOUniversal = 0xcafebabe;
    private const uint MachOX64 = 0x01000007;
    private const uint MachOArm64 = 0x0100000c;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LinuxArm64_Published_HasProgramAndLibraryForIt()
    {
        await PublishAsync("linux-arm64");

        Assert.Equal(Elf64Arm, ElfMachine("Landfall.Cli"));
        Assert.Equal(Elf64Arm, ElfMachine("libduckdb.so"));
    }

    [Theory]
    [InlineData("osx-arm64", MachOArm64)]
    [InlineData("osx-x64", MachOX64)]
    public async Task MacOs_Published_HasProgramAndLibraryForIt(string platform, uint processor)
    {
        await PublishAsync(platform);

        byte[] program = Start("Landfall.Cli");
        Assert.Equal(MachO64, BinaryPrimitives.ReadUInt32LittleEndian(program));
        Assert.Equal(processor, BinaryPrimitives.ReadUInt32LittleEndian(program.AsSpan(4)));
        Assert.Contains(processor, Processors("libduckdb.dylib"));
    }

    [Fact]
    public async Task ThisPlatform_Published_Runs()
    {
        await PublishAsync("linux-x64");

        CliResult version = await CliProgram.StartAsync(
            _folder.Path, Path.Combine(_folder.Path, "Landfall.Cli"), ["version", "--format", "json"], []);

        Assert.Equal(0, version.ExitCode);
        Assert.Contains("v1.5.6", version.Output, StringComparison.Ordinal);
    }

    private async Task PublishAsync(string platform)
    {
        CliResult result = await CliProgram.StartAsync(
            Repository.Root, "dotnet",
            [
                "publish", "src/Landfall.Cli", "-c", "Release", "-r", platform, "--no-self-contained", "--no-restore",
                "-o", _folder.Path, "-v", "quiet", "--nologo",
            ],
            new() { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" });

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private int ElfMachine(string file)
    {
        byte[] start = Start(file);
        Assert.Equal("\u007fELF"u8, start.AsSpan(0, 4));
        return BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(18));
    }

    /// <summary>The processors of a universal file: its table is of 20 bytes each and big-endian.</summary>
    private uint[] Processors(string file)
    {
        byte[] start = Start(file);
        Assert.Equal(MachOUniversal, BinaryPrimitives.ReadUInt32BigEndian(start));
        int count = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(4));
        return
        [
            .. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(8 + (20 * i)))),
        ];
    }

    private byte[] Start(string file)
    {
        byte[] start = new byte[64];
        using FileStream stream = File.OpenRead(Path.Combine(_folder.Path, file));
        stream.ReadExactly(start);
        return start;
    }
}
