using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Serving.Schemas;

/// <summary>A table as people read it.</summary>
/// <param name="Name">Its SQL name in the estate.</param>
/// <param name="Contract">What it promises; system columns are not among its columns.</param>
/// <param name="Partition">The column that it is built by, part by part; null where it is built whole.</param>
internal sealed record ServedTable(TableName Name, ContractTable Contract, string? Partition);
