namespace Landfall.Estate;

/// <summary>
/// How large what an estate declares may be. What is larger is a mistake or an attack, and is refused.
/// </summary>
public static class EstateLimits
{
    /// <summary>Largest manifest, contract, agreement or SQL file in bytes: 1 MiB.</summary>
    public const int FileBytes = 1 << 20;

    /// <summary>Deepest nesting of YAML values; a scalar at the top of a file is 1 deep.</summary>
    public const int YamlDepth = 32;

    /// <summary>Longest id in characters.</summary>
    public const int IdLength = 40;

    /// <summary>Longest table or column name in characters, as PostgreSQL has it.</summary>
    public const int NameLength = 63;

    /// <summary>Largest number of columns of a table; PostgreSQL allows 1,600.</summary>
    public const int Columns = 1500;
}
