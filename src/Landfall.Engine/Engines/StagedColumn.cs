namespace Landfall.Engine.Engines;

/// <summary>A column of texts and the type of its values in raw.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type.</param>
/// <param name="Precision">Digits of a decimal, at most 38.</param>
/// <param name="Scale">Digits of a decimal after its point.</param>
public sealed record StagedColumn(string Name, StagedType Type, int Precision = 0, int Scale = 0)
{
    /// <summary>Whether it holds times or dates.</summary>
    public bool IsTime => Type is StagedType.Date or StagedType.Timestamp or StagedType.LocalTimestamp;

    /// <summary>Whether its values can be ordered as a cursor.</summary>
    public bool CanBeCursor =>
        IsTime || Type is StagedType.SmallInt or StagedType.Int or StagedType.BigInt or StagedType.Decimal;
}
