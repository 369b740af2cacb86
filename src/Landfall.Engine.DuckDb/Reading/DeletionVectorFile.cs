using Landfall.Delta;
using Landfall.Delta.DeletionVectors;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>Reads the deleted rows of a data file, wherever they are kept.</summary>
internal static class DeletionVectorFile
{
    /// <summary>The numbers of the deleted rows, rising.</summary>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="file">A data file with a deletion vector.</param>
    /// <exception cref="CorruptTableException">The list is missing or damaged.</exception>
    public static IEnumerable<long> Read(string tableFolder, AddFile file)
    {
        DeletionVector vector = file.DeletionVector!;
        if (vector.FilePath is not { } name)
        {
            return vector.ReadInline(file.Path);
        }

        string path = Path.Combine(tableFolder, name);
        if (!File.Exists(path))
        {
            throw new CorruptTableException(name, $"the deletion vector of {file.Path} is missing");
        }

        using SafeFileHandle handle = File.OpenHandle(path);
        byte[] stored = new byte[vector.StoredBytes];
        int read = 0;
        int more;
        while (read < stored.Length
            && (more = RandomAccess.Read(handle, stored.AsSpan(read), vector.Offset!.Value + read)) > 0)
        {
            read += more;
        }

        return vector.ReadStored(stored.AsMemory(0, read), file.Path);
    }
}
