namespace Landfall.Workers;

/// <summary>Landlock's rights on files and folders, with the kernel's numbers.</summary>
[Flags]
internal enum LandlockAccess : ulong
{
    None = 0,
    Execute = 1 << 0,
    WriteFile = 1 << 1,
    ReadFile = 1 << 2,
    ReadFolder = 1 << 3,
    RemoveFolder = 1 << 4,
    RemoveFile = 1 << 5,
    MakeCharacterDevice = 1 << 6,
    MakeFolder = 1 << 7,
    MakeFile = 1 << 8,
    MakeSocket = 1 << 9,
    MakePipe = 1 << 10,
    MakeBlockDevice = 1 << 11,
    MakeLink = 1 << 12,

    /// <summary>Names that move or link between folders.</summary>
    Refer = 1 << 13,
    Truncate = 1 << 14,
    DeviceControl = 1 << 15,

    /// <summary>The rights that a file can have; the others are a folder's.</summary>
    OnFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl,

    Read = ReadFile | ReadFolder,
    Run = Read | Execute,

    /// <summary>Nobody makes devices, sockets, pipes or symbolic links.</summary>
    Write = Read | WriteFile | Truncate | RemoveFolder | RemoveFile | MakeFolder | MakeFile | Refer,

    /// <summary>What the first version knows.</summary>
    Version1 = Run | WriteFile | RemoveFolder | RemoveFile | MakeFolder | MakeFile | MakeCharacterDevice
        | MakeSocket | MakePipe | MakeBlockDevice | MakeLink,

    All = Version1 | Refer | Truncate | DeviceControl,
}
