namespace Landfall.Serving.Tests.PowerBi;

/// <summary>An object of TMDL as it was read.</summary>
internal sealed class TmdlObject
{
    public required string Keyword { get; init; }

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>What stands behind <c>=</c>; empty for nothing.</summary>
    public string Expression { get; init; } = "";

    public Dictionary<string, string> Properties { get; } = [];

    public List<TmdlObject> Children { get; } = [];

    public IEnumerable<TmdlObject> Of(string keyword) => Children.Where(c => c.Keyword == keyword);
}
