namespace Landfall.Azure.Bicep;

/// <summary>A parameter of a deployment that holds texts by name.</summary>
/// <typeparam name="T">What values are computed from.</typeparam>
/// <param name="name">The parameter's name.</param>
/// <param name="description">What it holds.</param>
internal sealed class ParameterGroup<T>(string name, string description)
{
    private readonly List<(string Key, Func<T, string> Value)> _members = [];

    /// <summary>The parameter's name.</summary>
    public string Name => name;

    /// <summary>The names of its texts.</summary>
    public IEnumerable<string> Keys => _members.Select(m => m.Key);

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>Adds a text, once for each name.</summary>
    /// <returns>The expression that stands for it.</returns>
    public Expression Add(string key, Func<T, string> value)
    {
        if (!_members.Any(m => m.Key == key))
        {
            _members.Add((key, value));
        }

        return new($"{name}.{key}");
    }

    /// <summary>The expression that stands for a text that was added.</summary>
    public Expression Of(string key) => _members.Any(m => m.Key == key)
        ? new($"{name}.{key}")
        : throw new KeyNotFoundException($"{name} has no {key}.");

    /// <summary>The declaration.</summary>
    public string Declaration() =>
        $"@description({BicepText.Quote(description)})\nparam {name} {{\n"
        + $"{string.Concat(_members.Select(m => $"  {m.Key}: string\n"))}}}\n";

    /// <summary>The values.</summary>
    public BicepObject Values(T source)
    {
        BicepObject values = [];
        foreach ((string key, Func<T, string> value) in _members)
        {
            values.Add(key, value(source));
        }

        return values;
    }
}
