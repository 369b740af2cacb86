using System.Globalization;

namespace Landfall.Estate.Contracts;

/// <summary>The numbers of a contract's semantic version; what follows <c>-</c> or <c>+</c> does not count.</summary>
/// <param name="Major">Rises with a breaking change.</param>
/// <param name="Minor">Rises with a compatible change.</param>
/// <param name="Patch">Rises with a correction.</param>
public readonly record struct ContractVersion(int Major, int Minor, int Patch) : IComparable<ContractVersion>
{
    /// <summary>The next version that a breaking change may have.</summary>
    public ContractVersion NextMajor => new(Major + 1, 0, 0);

    /// <summary>The next version that a compatible change may have.</summary>
    public ContractVersion NextMinor => new(Major, Minor + 1, 0);

    /// <summary>Reads the version of a checked contract; parts that are missing or no numbers are 0.</summary>
    public static ContractVersion Parse(string text)
    {
        int[] parts =
        [
            .. text.Split('-', '+')[0].Split('.').Select(p =>
                int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int part) ? part : 0),
        ];
        return new(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }

    /// <summary>Whether one version comes before another.</summary>
    public static bool operator <(ContractVersion left, ContractVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one version comes after another.</summary>
    public static bool operator >(ContractVersion left, ContractVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one version does not come after another.</summary>
    public static bool operator <=(ContractVersion left, ContractVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one version does not come before another.</summary>
    public static bool operator >=(ContractVersion left, ContractVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(ContractVersion other) =>
        (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}
