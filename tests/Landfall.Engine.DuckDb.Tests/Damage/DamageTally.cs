namespace Landfall.Engine.DuckDb.Tests.Damage;

/// <summary>How a table read with damaged files.</summary>
internal sealed class DamageTally
{
    /// <summary>As without the damage.</summary>
    public int Same { get; set; }

    /// <summary>Not at all, with an error.</summary>
    public int Refused { get; set; }

    /// <summary>Errors that do not name the file.</summary>
    public List<string> Unnamed { get; } = [];

    /// <summary>As something else.</summary>
    public List<FileDamage> Others { get; } = [];

    /// <summary>No damage reads as something else, and every error names the file.</summary>
    public void RequireNoHarm()
    {
        Assert.True(Others.Count == 0, $"{this}: {string.Join(", ", Others.Take(10))}");
        Assert.True(Unnamed.Count == 0, string.Join('\n', Unnamed.Take(5)));
    }

    public override string ToString() =>
        $"{Same} read the same, {Refused} were refused ({Unnamed.Count} without the name), "
        + $"{Others.Count} read otherwise";
}
