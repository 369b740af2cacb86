using System.Runtime.InteropServices;

namespace Landfall.DuckDb;

/// <summary>A span of calendar time; its parts do not convert into each other.</summary>
/// <param name="Months">Months.</param>
/// <param name="Days">Days.</param>
/// <param name="Micros">Microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval(int Months, int Days, long Micros);
