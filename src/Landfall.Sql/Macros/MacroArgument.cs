namespace Landfall.Sql.Macros;

/// <summary>What a macro is given in one place.</summary>
/// <param name="Parameter">The place.</param>
/// <param name="Text">The argument as it goes into a template; macros in it are expanded.</param>
/// <param name="Value">The value of a literal; empty for an expression.</param>
internal sealed record MacroArgument(MacroParameter Parameter, string Text, string Value);
