namespace Landfall.Azure.Policies.Language;

/// <summary>An expression that is none.</summary>
/// <param name="message">What is wrong, one sentence with a full stop.</param>
/// <param name="fix">What would be right; null where there is nothing to add.</param>
internal sealed class ExpressionSyntaxException(string message, string? fix = null) : Exception(message)
{
    /// <summary>What would be right; null where there is nothing to add.</summary>
    public string? Fix => fix;
}
