using System.Collections.Immutable;
using System.Text;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql.Spark;

/// <summary>Collects SQL, and where in the query's file each part of it comes from.</summary>
/// <param name="map">The way from places of the syntax tree to the file.</param>
internal sealed class SparkOutput(TextMap map)
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SparkTable>.Builder _tables = ImmutableArray.CreateBuilder<SparkTable>();
    private readonly List<SparkPlace> _places = [];

    /// <summary>The SQL so far.</summary>
    public string Text => _text.ToString();

    /// <summary>The place of the syntax tree that was marked last; less than zero for none.</summary>
    public int At { get; private set; } = -1;

    /// <summary>An empty one for a text that becomes a part of this.</summary>
    public SparkOutput Part() => new(map);

    /// <summary>All of it.</summary>
    public SparkQuery ToQuery(string file) => new()
    {
        File = file,
        Text = Text,
        Tables = _tables.ToImmutable(),
        Places = [.. _places],
    };

    /// <summary>Appends text.</summary>
    public SparkOutput Append(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Appends the relation of a table.</summary>
    public void AppendTable(TableName table)
    {
        string relation = SparkQuery.RelationOf(table);
        _tables.Add(new(_text.Length, relation.Length, table));
        _text.Append(relation);
    }

    /// <summary>Says that what follows comes from a place of the syntax tree; less than zero for no place.</summary>
    public void Mark(int at)
    {
        if (at < 0)
        {
            return;
        }

        At = at;
        SourceLocation place = map.Locate(at);
        if (_places is not [.., { } last] || (last.Line, last.Column) != (place.Line, place.Column))
        {
            _places.Add(new(_text.Length, place.Line, place.Column));
        }
    }

    /// <summary>Appends items with something between them.</summary>
    public SparkOutput Join<T>(string separator, IEnumerable<T> items, Action<T> append)
    {
        bool first = true;
        foreach (T item in items)
        {
            _text.Append(first ? "" : separator);
            append(item);
            first = false;
        }

        return this;
    }
}
