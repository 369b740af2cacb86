using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Where policies were read: a file, or the snapshot of a deployment that makes them.</summary>
/// <param name="name">Path of the file, or what the snapshot is of.</param>
/// <param name="text">Text of the file; null for a snapshot.</param>
/// <param name="diagnostics">Where problems go.</param>
internal sealed class PolicySource(string name, string? text, DiagnosticBag diagnostics)
{
    private Dictionary<string, (int Line, int Column)>? _places;

    /// <summary>Path of the file, or what the snapshot is of.</summary>
    public string Name => name;

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>
    /// The place of a path such as <c>properties.policyRule.if.allOf[0]</c>, or of the nearest thing around it.
    /// </summary>
    public SourceLocation Place(string path)
    {
        _places ??= text is null ? [] : JsonPlaces.Of(text);
        for (string at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (_places.TryGetValue(at, out (int Line, int Column) place))
            {
                return new(name, place.Line, place.Column);
            }
        }

        return new(name, 1, 1);
    }
}
