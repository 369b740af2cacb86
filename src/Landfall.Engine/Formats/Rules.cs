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

    /// <summary>A record longer than what is read.</summary>
    public const string TooLong = "too-long";

    /// <summary>A row whose primary key an earlier row has.</summary>
    public const string PrimaryKey = "primary-key";

    /// <summary>A row whose value of a unique column an earlier row has.</summary>
    public const string Unique = "unique";

    /// <summary>A file as a whole that cannot be read as its format.</summary>
    public const string Unreadable = "unreadable";
}
