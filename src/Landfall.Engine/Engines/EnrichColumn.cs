namespace Landfall.Engine.Engines;

/// <summary>A column of the contract and where it comes from.</summary>
/// <param name="Name">The contract's name.</param>
/// <param name="SourceName">The source's name.</param>
/// <param name="Required">Whether null breaks the contract.</param>
/// <param name="IsGone">Whether the owner has accepted that the source has it no longer.</param>
public sealed record EnrichColumn(string Name, string SourceName, bool Required, bool IsGone = false);
