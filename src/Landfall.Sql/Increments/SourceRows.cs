namespace Landfall.Sql.Increments;

/// <summary>
/// A FROM clause or a part of one: what its names mean, and which part of its inputs each row depends on.
/// </summary>
/// <param name="Scope">Its sources.</param>
/// <param name="Keys">What its rows depend on.</param>
internal sealed record SourceRows(Scope Scope, PartitionKeys Keys);
