using System.Text;

namespace Landfall.Cli.Output;

/// <summary>
/// Aligned columns. Holds all rows back, since widths depend on them: callers limit what they send. Control characters
/// of values become spaces, so that data cannot move the cursor or colour the terminal.
/// </summary>
/// <param name="output">Where the table goes.</param>
/// <param name="columns">Its columns.</param>
/// <param name="ink">Colours the header.</param>
internal sealed class TableRowWriter(TextWriter output, IReadOnlyList<OutputColumn> columns, Ink ink) : IRowWriter
{
    private const int MaximumCellWidth = 100;

    private readonly List<string[]> _rows = [];

    public void Write(IReadOnlyList<object?> row) => _rows.Add([.. row.Select(Cell)]);

    public void End()
    {
        int[] widths = [.. columns.Select((c, i) => _rows.Select(r => r[i].Length).Append(c.Name.Length).Max())];
        output.WriteLine(ink.Bold(Line([.. columns.Select(c => c.Name)], widths)));
        output.WriteLine(ink.Faint(string.Join("  ", widths.Select(w => new string('-', w)))));
        foreach (string[] row in _rows)
        {
            output.WriteLine(Line(row, widths));
        }
    }

    private static string Cell(object? value)
    {
        string text = value is null ? "NULL" : CellText.Of(value);
        StringBuilder safe = new(text.Length);
        foreach (char c in text.Length > MaximumCellWidth ? text[..(MaximumCellWidth - 1)] + "…" : text)
        {
            safe.Append(char.IsControl(c) ? ' ' : c);
        }

        return safe.ToString();
    }

    private string Line(string[] cells, int[] widths) => string.Join(
        "  ",
        cells.Select((c, i) => columns[i].IsNumber ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd();
}
