namespace Landfall.Engine.Engines;

/// <summary>A landed file that cannot be read as its format.</summary>
/// <param name="Source">What <c>_source</c> would say of its rows.</param>
/// <param name="Problem">What is wrong with it, a clause that quotes no values.</param>
public sealed record UnreadableFile(string Source, string Problem);
