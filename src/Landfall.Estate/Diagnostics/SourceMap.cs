using System.Collections.Frozen;

namespace Landfall.Estate.Diagnostics;

/// <summary>
/// Where declared things stand: keys are paths such as <c>zone:billing/product:revenue-by-service/pool</c>.
/// </summary>
public sealed class SourceMap
{
    private readonly FrozenDictionary<string, SourceLocation> _places;

    /// <summary>Takes the places found while parsing.</summary>
    public SourceMap(IReadOnlyDictionary<string, SourceLocation> places) => _places = places.ToFrozenDictionary();

    /// <summary>The place of a key, or of the nearest declared thing that contains it.</summary>
    public SourceLocation Find(string key)
    {
        for (string at = key; at.Length > 0; at = at[..Math.Max(at.LastIndexOf('/'), 0)])
        {
            if (_places.TryGetValue(at, out SourceLocation place))
            {
                return place;
            }
        }

        return new("estate.yaml", 1, 1);
    }
}
