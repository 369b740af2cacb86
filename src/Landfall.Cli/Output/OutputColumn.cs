namespace Landfall.Cli.Output;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its header, and its key in JSON.</param>
/// <param name="IsNumber">Whether tables align it to the right.</param>
internal readonly record struct OutputColumn(string Name, bool IsNumber = false);
