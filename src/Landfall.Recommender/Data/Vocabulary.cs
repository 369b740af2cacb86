namespace Landfall.Recommender.Data;

/// <summary>Names and the numbers they have in matrices, from 0 in order of first use. Not safe for concurrent use.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names known.</summary>
    public int Count => _names.Count;

    /// <summary>The name of a number.</summary>
    public string this[int number] => _names[number];

    /// <summary>The number of a name, a new one where it is not known.</summary>
    public int Add(string name)
    {
        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _names.Count;
            _numbers.Add(name, number);
            _names.Add(name);
        }

        return number;
    }

    /// <summary>The number of a name; -1 where it is not known.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);
}
