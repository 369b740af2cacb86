using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Posix;

namespace Landfall.Serving.PowerBi;

/// <summary>A folder that holds a project, and a record of what was written there.</summary>
/// <param name="path">Absolute path of the folder.</param>
public sealed class ProjectFolder(string path)
{
    private const string RecordFile = ".landfall-bi.json";

    /// <summary>
    /// Paths in the folder, relative to it, that are no unchanged file of a project written before; found as they are
    /// asked for.
    /// </summary>
    public IEnumerable<string> Others() =>
        File.Exists(path) ? [path]
        : !Directory.Exists(path) ? []
        : OthersIn(new DirectoryInfo(path), Record());

    /// <summary>
    /// Writes a project in place of the one before, whose files go, changed or not; other files stay. It is written
    /// aside and moved in, the file that opens it last: what a crash leaves half cannot be opened.
    /// </summary>
    public void Write(PowerBiProject project)
    {
        string parent = Path.GetDirectoryName(path) ?? path;
        bool isNew = !Directory.Exists(path);
        string aside = isNew
            ? Path.Combine(parent, $".{Path.GetFileName(path)}.landfall-new")
            : Path.Combine(path, ".landfall-new");
        try
        {
            Remove(aside);
            WriteAside(aside, project);
            if (isNew)
            {
                PosixCalls.Rename(aside, path);
            }
            else
            {
                Replace(aside, project);
            }
        }
        finally
        {
            Remove(aside);
        }
    }

    private void Replace(string aside, PowerBiProject project)
    {
        string[] entries = [.. TopEntries(project.Files.Keys)];
        foreach (string old in TopEntries(Record().Keys).Concat(entries).Distinct()
            .OrderByDescending(e => e.EndsWith(".pbip", StringComparison.Ordinal)))
        {
            Remove(Path.Combine(path, old));
        }

        foreach (string entry in entries.Append(RecordFile).Except([project.ProjectFile]).Append(project.ProjectFile))
        {
            PosixCalls.Rename(Path.Combine(aside, entry), Path.Combine(path, entry));
        }
    }

    private static void WriteAside(string aside, PowerBiProject project)
    {
        JsonObject record = [];
        foreach ((string name, string text) in project.Files)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            string file = Path.Combine(aside, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
            record[name] = Hash(bytes);
        }

        File.WriteAllText(Path.Combine(aside, RecordFile), JsonText.Of(record));
    }

    private IEnumerable<string> OthersIn(DirectoryInfo folder, Dictionary<string, string> record)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", AllEntries)
            .OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(path, entry.FullName);
            if (entry is DirectoryInfo inner && inner.LinkTarget is null)
            {
                foreach (string other in OthersIn(inner, record))
                {
                    yield return other;
                }
            }
            else if (name != RecordFile && !IsUnchanged(entry, name, record))
            {
                yield return name;
            }
        }
    }

    private static EnumerationOptions AllEntries => new() { AttributesToSkip = FileAttributes.None };

    private static bool IsUnchanged(FileSystemInfo entry, string name, Dictionary<string, string> record) =>
        entry.LinkTarget is null && PosixCalls.IsRegularFile(entry.FullName)
        && record.TryGetValue(name, out string? hash) && hash == Hash(File.ReadAllBytes(entry.FullName));

    /// <summary>
    /// What was written, hashes by path; nothing where the record cannot be read, so that all is another's.
    /// </summary>
    private Dictionary<string, string> Record()
    {
        string file = Path.Combine(path, RecordFile);
        try
        {
            return !File.Exists(file) ? []
                : JsonNode.Parse(File.ReadAllText(file)) is JsonObject json
                    ? json.ToDictionary(p => p.Key, p => p.Value?.ToString() ?? "")
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Files and folders right below the folder; never one outside of it, whatever a record says.</summary>
    private static IEnumerable<string> TopEntries(IEnumerable<string> names) =>
        names.Select(n => n.Split('/')[0]).Where(n => n.Length > 0 && n is not ("." or "..")).Distinct();

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is null)
        {
            Directory.Delete(entry, recursive: true);
        }
        else if (File.Exists(entry) || new FileInfo(entry).LinkTarget is not null)
        {
            File.Delete(entry);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
