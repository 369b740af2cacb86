namespace Landfall.Azure.Bicep;

/// <summary>An expression of Bicep, as it is written.</summary>
/// <param name="Text">Its text.</param>
internal sealed record Expression(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
