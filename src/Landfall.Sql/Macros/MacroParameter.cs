namespace Landfall.Sql.Macros;

/// <summary>A place in a macro's argument list.</summary>
/// <param name="Name">The name that templates use.</param>
/// <param name="Kind">What may stand there.</param>
internal sealed record MacroParameter(string Name, MacroParameterKind Kind = MacroParameterKind.Expression);
