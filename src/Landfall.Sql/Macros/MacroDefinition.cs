using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Sql.Macros;

/// <summary>A macro as data: what it takes and what each engine gets for it.</summary>
/// <param name="Name">Name without <c>@</c>.</param>
/// <param name="Parameters">What it takes, in order.</param>
/// <param name="DuckDb">Template for DuckDB; <c>{name}</c> stands for an argument.</param>
/// <param name="Spark">Template for Spark.</param>
/// <param name="Version">
/// Raised when what it gives for the same arguments changes: tables that call it are rebuilt.
/// </param>
internal sealed record MacroDefinition(
    string Name, ImmutableArray<MacroParameter> Parameters, string DuckDb, string Spark, int Version = 1)
{
    /// <summary>How it is called, for messages.</summary>
    public string Signature => $"@{Name}({string.Join(", ", Parameters.Select(p => p.Name))})";

    /// <summary>What it means, of no dialect: its signature and version.</summary>
    public string Meaning => $"{Signature} {Version.ToString(CultureInfo.InvariantCulture)}";
}
