using Landfall.Engine.Lakes;
using Landfall.Posix;

namespace Landfall.Testing.Delta;

/// <summary>
/// A log store that is wrong on purpose: it creates log entries in place, so that a kill leaves a part of one. The
/// content goes out in small pieces to make that likely. Tests of durability must notice it.
/// </summary>
public sealed class InPlaceLogStore(string tableFolder) : DelegatingLogStore(new PosixLogStore(tableFolder))
{
    private const int Piece = 16;

    public override Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string path = Path.Combine(tableFolder, "_delta_log", name);
        PosixCalls.CreateFolder(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            return Task.FromResult(false);
        }

        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        for (int at = 0; at < content.Length; at += Piece)
        {
            RandomAccess.Write(file, content.Span[at..Math.Min(at + Piece, content.Length)], at);
            PosixCalls.FSync(file, path);
        }

        return Task.FromResult(true);
    }
}
