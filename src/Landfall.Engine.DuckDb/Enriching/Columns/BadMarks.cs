using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>Which rows of a batch break the contract: the first rule in the order of columns.</summary>
internal sealed class BadMarks
{
    private readonly string?[] _rules = new string?[DuckDbAppender.Capacity];
    private readonly string[] _columns = new string[DuckDbAppender.Capacity];

    /// <summary>Rows marked.</summary>
    public int Count { get; private set; }

    /// <summary>The rule that a row breaks; null for none.</summary>
    public string? Rule(int row) => _rules[row];

    /// <summary>The column that breaks it.</summary>
    public string Column(int row) => _columns[row];

    /// <summary>Marks a row unless it is marked.</summary>
    public void Add(int row, string rule, string column)
    {
        if (_rules[row] is null)
        {
            _rules[row] = rule;
            _columns[row] = column;
            Count++;
        }
    }

    /// <summary>Forgets all marks.</summary>
    public void Clear()
    {
        if (Count > 0)
        {
            Array.Clear(_rules);
            Count = 0;
        }
    }
}
