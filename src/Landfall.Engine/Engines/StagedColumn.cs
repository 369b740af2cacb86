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

    /// <summary>Whether it holds decimals.</summary>
    public bool IsDecimal => Type is StagedType.Decimal or StagedType.Number;

    /// <summary>Whether its values are text in raw, whatever they are.</summary>
    public bool IsText => Type is StagedType.Text or StagedType.Number;

    /// <summary>Whether its values can be ordered as a cursor.</summary>
    public bool CanBeCursor =>
        IsTime || IsDecimal || Type is StagedType.SmallInt or StagedType.Int or StagedType.BigInt;
}
