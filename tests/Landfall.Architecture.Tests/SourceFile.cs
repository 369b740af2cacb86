namespace Landfall.Architecture.Tests;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Text">Its text; null for binary files.</param>
internal sealed record SourceFile(string Path, long Size, string? Text)
{
    public string[] Lines => (Text ?? "").Split('\n');

    public static SourceFile Of(string path, string text) => new(path, text.Length, text);
}
