using System.Collections.Immutable;

namespace Landfall.Serving.PowerBi;

/// <summary>A visual of a report.</summary>
/// <param name="Type">Power BI's name of its kind.</param>
/// <param name="Cell">Where it is.</param>
/// <param name="Roles">What it shows.</param>
/// <param name="Sort">The field that it is sorted by, the greatest first; null for its own order.</param>
internal sealed record ReportVisual(
    string Type, ReportCell Cell, ImmutableArray<ReportRole> Roles, ReportField? Sort);

/// <summary>A place on a page.</summary>
internal sealed record ReportCell(int X, int Y, int Width, int Height);

/// <summary>Fields that a visual uses for one thing, such as its axis.</summary>
internal sealed record ReportRole(string Name, ImmutableArray<ReportField> Fields);

/// <summary>A column or measure of a model.</summary>
internal sealed record ReportField(string Table, string Name, bool IsMeasure);
