using System.Globalization;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// The folder of a log: <c>log.id</c>, which the tables know it by, <c>log.lock</c>, which one process has open, and
/// <c>segment-NUMBER.jsonl</c>.
/// </summary>
internal sealed class SegmentFolder : IDisposable
{
    private const string Prefix = "segment-";
    private const string Suffix = ".jsonl";

    private readonly string _path;
    private readonly FileStream _lock;

    private SegmentFolder(string path, FileStream fileLock, string id)
    {
        _path = path;
        _lock = fileLock;
        Id = id;
    }

    /// <summary>The log's id: 32 hexadecimal digits, of which no other log has the same.</summary>
    public string Id { get; }

    /// <summary>Opens a folder, made where missing.</summary>
    /// <exception cref="LandfallException"><c>LF4432</c>: another process has it.</exception>
    public static SegmentFolder Open(string path)
    {
        PosixCalls.CreateFolder(path);
        FileStream fileLock = Lock(path);
        try
        {
            return new(path, fileLock, ReadOrCreateId(path));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>The numbers of the segments that are there, rising.</summary>
    public IReadOnlyList<long> Numbers() =>
    [
        .. Directory.EnumerateFiles(_path, Prefix + "*" + Suffix)
            .Select(f => Path.GetFileName(f)[Prefix.Length..^Suffix.Length])
            .Where(n => n.All(char.IsAsciiDigit))
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>The file of a segment.</summary>
    public string FileOf(long number) =>
        Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D12}{Suffix}"));

    /// <summary>The content of a segment.</summary>
    public byte[] Read(long number) => File.ReadAllBytes(FileOf(number));

    /// <summary>Removes a segment whose rows are committed.</summary>
    public void Remove(long number) => PosixCalls.Unlink(FileOf(number));

    /// <summary>Renames a segment whose sound records are committed and that has damaged ones.</summary>
    public void PutAside(long number)
    {
        PosixCalls.Rename(FileOf(number), FileOf(number) + ".damaged");
        PosixCalls.FSyncFolder(_path);
    }

    /// <summary>Lets another process have the folder.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new(Path.Combine(path, "log.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (PosixCalls.IsOpenElsewhere(e))
        {
            throw new LandfallException(
                "LF4432",
                $"Another process writes the exposure log in {path}. Nothing was served and no data changed. Stop the "
                + "other server first, or serve from another home.",
                e);
        }
    }

    private static string ReadOrCreateId(string path)
    {
        string file = Path.Combine(path, "log.id");
        if (!File.Exists(file))
        {
            string temporary = file + ".tmp";
            File.WriteAllText(temporary, Guid.NewGuid().ToString("n"));
            DurableFiles.Publish(PosixStorageCalls.Instance, temporary, file);
        }

        string id = File.ReadAllText(file);
        return id.Length == 32 && id.All(char.IsAsciiHexDigitLower) ? id : throw new LandfallException(
            "LF4433",
            $"The exposure log's id in {file} is damaged. Nothing was served; segments beside it stay. Restore the "
            + "file from a copy: without it rows could be committed twice.");
    }
}
