namespace Landfall.Delta;

/// <summary>A column in the footer of a Parquet file, in Parquet's own words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stored">The physical type, as <c>INT64</c>; empty for a group or a repeated column.</param>
/// <param name="Annotation">The converted type, as <c>TIMESTAMP_MICROS</c>; empty for none.</param>
/// <param name="Logical">
/// The logical type, as <c>TimestampType(isAdjustedToUTC=1, …)</c>; empty for none.
/// </param>
/// <param name="Precision">Digits of a decimal; 0 for other types.</param>
/// <param name="Scale">Digits of a decimal behind its point; 0 for other types.</param>
public sealed record ParquetColumn(
    string Name, string Stored, string Annotation, string Logical, int Precision, int Scale);
