using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Text;

/// <summary>
/// Leads from a place in expanded text back to the place in the query's file it came from. What a macro wrote leads to
/// the macro's name.
/// </summary>
internal sealed class TextMap
{
    private readonly List<Segment> _segments = [];
    private readonly string _file;
    private readonly string _original;
    private readonly List<int> _lines;

    /// <summary>An empty map of a file's text.</summary>
    public TextMap(string file, string original)
    {
        _file = file;
        _original = original;
        _lines = LinesOf(original);
    }

    /// <summary>Says that the expanded text from a place on came from a place of the original.</summary>
    /// <param name="expanded">Index in the expanded text; calls come in rising order.</param>
    /// <param name="original">Index in the original.</param>
    /// <param name="verbatim">True if both texts run side by side from here on.</param>
    public void Add(int expanded, int original, bool verbatim) => _segments.Add(new(expanded, original, verbatim));

    /// <summary>Index in the original of an index in the expanded text.</summary>
    public int OriginalIndex(int expanded)
    {
        Segment found = _segments.FindLast(s => s.Expanded <= expanded);
        int index = found.Original + (found.Verbatim ? expanded - found.Expanded : 0);
        return Math.Clamp(index, 0, _original.Length);
    }

    /// <summary>File, line and column of an index in the expanded text; the file's start for a negative one.</summary>
    public SourceLocation Locate(int expanded) => LocateOriginal(expanded < 0 ? 0 : OriginalIndex(expanded));

    /// <summary>File, line and column of an index in the original text.</summary>
    public SourceLocation LocateOriginal(int index)
    {
        int at = Math.Clamp(index, 0, _original.Length);
        int found = _lines.BinarySearch(at);
        int line = found >= 0 ? found : ~found - 1;
        return new(_file, line + 1, at - _lines[line] + 1);
    }

    private static List<int> LinesOf(string text)
    {
        List<int> lines = [0];
        for (int end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            lines.Add(end + 1);
        }

        return lines;
    }

    private readonly record struct Segment(int Expanded, int Original, bool Verbatim);
}
