using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Serving.PowerBi;

/// <summary>A table of a model.</summary>
/// <param name="Name">Its name, the same as in the database.</param>
/// <param name="Description">What it is.</param>
/// <param name="Columns">The columns that are in the model.</param>
/// <param name="Key">The column that is its primary key alone; empty for none.</param>
/// <param name="Measures">Its measures.</param>
internal sealed record ModelTable(
    string Name, string Description, ImmutableArray<ContractColumn> Columns, string Key,
    ImmutableArray<ModelMeasure> Measures);

/// <summary>A measure of a model.</summary>
/// <param name="Name">Its name, unique in the model.</param>
/// <param name="Description">What it is.</param>
/// <param name="Format">How it is shown; empty for Power BI's choice.</param>
/// <param name="Expression">Its expression in DAX.</param>
internal sealed record ModelMeasure(string Name, string Description, string Format, string Expression);

/// <summary>A relationship of a model: many rows of one table to one of another.</summary>
/// <param name="FromTable">The table of many.</param>
/// <param name="FromColumn">Its column.</param>
/// <param name="ToTable">The table of one.</param>
/// <param name="ToColumn">Its key.</param>
/// <param name="IsActive">Whether filters follow it: not where they would have two ways.</param>
/// <param name="IsToOne">Whether no row of the key is null, which Power BI asks of a side of one.</param>
internal sealed record ModelRelationship(
    string FromTable, string FromColumn, string ToTable, string ToColumn, bool IsActive, bool IsToOne);
