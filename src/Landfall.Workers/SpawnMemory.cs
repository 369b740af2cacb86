using System.Runtime.InteropServices;
using System.Text;

namespace Landfall.Workers;

/// <summary>The native memory of one <see cref="ConfinedSpawn.Call"/>. Free it when its thread has ended.</summary>
internal sealed unsafe partial class SpawnMemory : IDisposable
{
    // Larger than the C library's structures, whose sizes differ between libraries.
    private const int StructureBytes = 1024;
    private const short OwnGroup = 2;
    private const short DefaultSignals = 4;
    private const short SignalMask = 8;
    private const int FirstOther = 3;

    private readonly List<nint> _blocks = [];

    public SpawnMemory(WorkerCommand command, IReadOnlyDictionary<string, string> environment)
    {
        Call = (ConfinedSpawn.Call*)Block(sizeof(ConfinedSpawn.Call));
        ConfinedSpawn.Prepare(Call);
        Call->Path = Text(command.File);
        Call->Arguments = Texts([command.File, .. command.Arguments]);
        Call->Environment = Texts([.. environment.Select(e => $"{e.Key}={e.Value}")]);
        Call->Actions = Block(StructureBytes);
        Call->Attributes = Block(StructureBytes);
        Call->Information = Block(StructureBytes);
        Call->Ruleset = -1;
        _ = InitActions(Call->Actions);
        SetAttributes(Call->Attributes);
    }

    public ConfinedSpawn.Call* Call { get; }

    /// <summary>Gives the process its standard descriptors and no other one of ours.</summary>
    public void Connect(params ReadOnlySpan<SafeHandle> standard)
    {
        for (int i = 0; i < standard.Length; i++)
        {
            _ = AddDuplicate(Call->Actions, (int)standard[i].DangerousGetHandle(), i);
        }

        // Newer C libraries have it; where it lacks, descriptors of .NET close themselves and those of others leak.
        if (NativeLibrary.TryGetExport(
            NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out nint close))
        {
            _ = ((delegate* unmanaged<byte*, int, int>)close)(Call->Actions, FirstOther);
        }
    }

    public void Confine(SafeHandle? ruleset, ReadOnlySpan<ulong> filter)
    {
        Call->Ruleset = ruleset is null ? -1 : (int)ruleset.DangerousGetHandle();
        Call->Header = Block(8);
        Call->Powers = Block(24);
        if (Call->SetPowers != 0)
        {
            Capabilities.Write(Call->Header, Call->Powers);
        }

        if (!filter.IsEmpty)
        {
            byte* instructions = Block(filter.Length * sizeof(ulong));
            filter.CopyTo(new Span<ulong>(instructions, filter.Length));
            Call->Filter = Block(2 * sizeof(nint));
            *(ushort*)Call->Filter = (ushort)filter.Length;
            ((byte**)Call->Filter)[1] = instructions;
        }
    }

    public void Dispose()
    {
        _ = DestroyActions(Call->Actions);
        _ = DestroyAttributes(Call->Attributes);
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }

    /// <summary>
    /// A process group of its own, so that a terminal's Ctrl-C reaches this process alone, which then decides; and no
    /// signal blocked or ignored that this process blocks or ignores.
    /// </summary>
    private void SetAttributes(byte* attributes)
    {
        byte* signals = Block(StructureBytes);
        _ = InitAttributes(attributes);
        _ = SetFlags(attributes, OwnGroup | DefaultSignals | SignalMask);
        _ = SetGroup(attributes, 0);
        _ = SetMask(attributes, signals);
        _ = FillSignals(signals);
        _ = SetDefaults(attributes, signals);
    }

    private byte** Texts(string[] values)
    {
        byte** texts = (byte**)Block((values.Length + 1) * sizeof(byte*));
        for (int i = 0; i < values.Length; i++)
        {
            texts[i] = Text(values[i]);
        }

        return texts;
    }

    private byte* Text(string value)
    {
        byte* text = Block(Encoding.UTF8.GetByteCount(value) + 1);
        _ = Encoding.UTF8.GetBytes(value, new Span<byte>(text, Encoding.UTF8.GetByteCount(value)));
        return text;
    }

    private byte* Block(int bytes)
    {
        void* block = NativeMemory.AllocZeroed((nuint)bytes);
        _blocks.Add((nint)block);
        return (byte*)block;
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial int SetGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial int FillSignals(byte* signals);
}
