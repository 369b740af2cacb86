namespace Landfall.Engine.Engines;

/// <summary>A column of rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether its values are numbers.</param>
public readonly record struct RowColumn(string Name, bool IsNumber);
