using System.Collections.Immutable;
using System.Text;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Finds the column of a field's name. Sources repeat their order of fields, so that the name at a place is nearly
/// always the one that was there before. Used by one thread.
/// </summary>
internal sealed class FieldNames
{
    private const int MostUnknown = 200;
    private readonly List<(byte[] Name, int Column)> _names = [];
    private readonly List<int> _atPlace = [];
    private readonly int _known;

    /// <param name="columns">Names of the columns' fields in order.</param>
    public FieldNames(ImmutableArray<string> columns)
    {
        foreach (string column in columns)
        {
            _names.Add((Encoding.UTF8.GetBytes(column), _names.Count));
        }

        _known = _names.Count;
    }

    /// <summary>Names that no column has, as far as they were noted.</summary>
    public IEnumerable<string> Unknown => _names.Skip(_known).Select(n => Encoding.UTF8.GetString(n.Name));

    /// <summary>The column of a name, or −1 where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="place">Its place among the record's fields, from 0.</param>
    public int Find(ReadOnlySpan<byte> name, int place)
    {
        if (place < _atPlace.Count && name.SequenceEqual(_names[_atPlace[place]].Name))
        {
            return _names[_atPlace[place]].Column;
        }

        return Search(name, place);
    }

    private int Search(ReadOnlySpan<byte> name, int place)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if (name.SequenceEqual(_names[i].Name))
            {
                Remember(place, i);
                return _names[i].Column;
            }
        }

        if (_names.Count - _known < MostUnknown)
        {
            _names.Add((name.ToArray(), -1));
            Remember(place, _names.Count - 1);
        }

        return -1;
    }

    private void Remember(int place, int index)
    {
        if (place < _atPlace.Count)
        {
            _atPlace[place] = index;
        }
        else if (place == _atPlace.Count)
        {
            _atPlace.Add(index);
        }
    }
}
