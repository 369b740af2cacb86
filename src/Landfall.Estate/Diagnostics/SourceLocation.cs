namespace Landfall.Estate.Diagnostics;

/// <summary>A place in a file of the estate.</summary>
/// <param name="File">Path relative to the estate's folder, with <c>/</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary><c>file:line:column</c>, as compilers print it.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
