using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Validation;

/// <summary>Checks across files. What a file already lacks is empty here and is not reported again.</summary>
internal static class EstateValidator
{
    public static void Check(EstateDefinition estate, DiagnosticBag diagnostics)
    {
    }
}
