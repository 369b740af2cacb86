namespace Landfall.Engine.Formats;

/// <summary>Names of the rules that a row in quarantine broke.</summary>
public static class Rules
{
    /// <summary>The record cannot be read as its format.</summary>
    public const string Malformed = "malformed";

    /// <summary>A required column is null.</summary>
    public const string Required = "required";

    /// <summary>A value is not of the column's type.</summary>
    public const string Type = "type";

    /// <summary>A number or time has more digits than the column's type keeps.</summary>
    public const string Precision = "precision";

    /// <summary>NaN or an infinity.</summary>
    public const string NotFinite = "not-finite";

    /// <summary>A date or time outside the years 1 to 9999.</summary>
    public const string Range = "range";

    /// <summary>A timestamp without offset, and the table names no zone.</summary>
    public const string NoOffset = "timestamp-without-offset";

    /// <summary>A local time that clocks went past.</summary>
    public const string Gap = "local-time-gap";
}
