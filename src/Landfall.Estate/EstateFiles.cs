using System.Text;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate;

/// <summary>Reads files of an estate's folder within limits. Paths are relative to the folder, with <c>/</c>.</summary>
public sealed class EstateFiles(string folder, DiagnosticBag diagnostics)
{
    private static readonly UTF8Encoding _strictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>Whether there is a file of a path below the folder.</summary>
    public bool FileExists(string path) => File.Exists(FullPath(path));

    /// <summary>Whether there is a folder of a path below the folder.</summary>
    public bool FolderExists(string path) => Directory.Exists(FullPath(path));

    /// <summary>
    /// Names of the folders in a folder in ordinal order, hidden ones left out; empty when it is absent.
    /// </summary>
    public string[] Folders(string path) =>
        [.. Names(path, Directory.EnumerateDirectories).Where(n => !n.StartsWith('.'))];

    /// <summary>Names of the files in a folder in ordinal order; empty when it is absent.</summary>
    public string[] FileNames(string path) => Names(path, Directory.EnumerateFiles);

    /// <summary>A required file's YAML mapping; null with diagnostics when there is none.</summary>
    public YamlMapping? ReadMapping(string path)
    {
        if (ReadText(path) is not { } text)
        {
            return null;
        }

        YamlValue? value = YamlReader.Read(text, path, Diagnostics);
        if (value is not null and not YamlMapping)
        {
            Diagnostics.Error("LF1011", value.Location, $"The file holds {value.Shape} where keys with values belong.");
        }

        return value as YamlMapping;
    }

    /// <summary>A required file's text; null with a diagnostic when it is absent, too large or no UTF-8 text.</summary>
    public string? ReadText(string path)
    {
        var start = new SourceLocation(path, 1, 1);
        if (!FileExists(path))
        {
            int slash = path.LastIndexOf('/');
            string? close = Spelling.Closest(path[(slash + 1)..], FileNames(slash < 0 ? "." : path[..slash]));
            Diagnostics.Error(
                "LF1009", start, "The file is missing.",
                close is null ? "Add it." : $"There is a file '{close}': rename it if it is meant.");
            return null;
        }

        try
        {
            return Decode(FullPath(path), start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Error("LF1010", start, "The file cannot be read.", "Check its permissions.");
            return null;
        }
    }

    private string? Decode(string fullPath, SourceLocation start)
    {
        using FileStream stream = File.OpenRead(fullPath);
        byte[] bytes = new byte[EstateLimits.FileBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > EstateLimits.FileBytes)
        {
            Diagnostics.Error("LF1006", start, $"The file is larger than {EstateLimits.FileBytes:N0} bytes.");
            return null;
        }

        try
        {
            return _strictUtf8.GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            Diagnostics.Error(
                "LF1007", start, $"The file is not UTF-8 text: byte {e.Index + 1:N0} is invalid.", "Save it as UTF-8.");
            return null;
        }
    }

    private string[] Names(string path, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return FolderExists(path)
                ? [.. list(FullPath(path)).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Error("LF1010", new(path, 1, 1), "The folder cannot be read.", "Check its permissions.");
            return [];
        }
    }

    private string FullPath(string path) => Path.Combine(Folder, path);
}
