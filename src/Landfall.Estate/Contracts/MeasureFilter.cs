namespace Landfall.Estate.Contracts;

/// <summary>A condition on the rows that a measure counts.</summary>
/// <param name="Column">A column of the measure's table.</param>
/// <param name="Value">The value it has, as <see cref="ContractValue"/> writes it.</param>
public sealed record MeasureFilter(string Column, string Value);
