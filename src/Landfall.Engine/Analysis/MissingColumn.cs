using System.Text.RegularExpressions;
using Landfall.Engine.Lakes;
using Landfall.Estate.Diagnostics;
using Landfall.Sql;

namespace Landfall.Engine.Analysis;

/// <summary>Says which contracts a query was held against where it names a column that none has.</summary>
internal static partial class MissingColumn
{
    /// <summary>The hint for a query that does not fit its tables; null where it is not about a column.</summary>
    public static string? Hint(Diagnostic problem, SqlAnalysis query, EstateCatalog catalog)
    {
        Match column = Column().Match(problem.Message);
        if (!column.Success)
        {
            return problem.Hint;
        }

        string[] versions =
        [
            .. query.Inputs.Select(i => catalog.TryFind(i.Name, out CatalogTable? table) ? table : null)
                .OfType<CatalogTable>().Where(t => t.Contract is not null)
                .Select(t => $"{t.Name} of version {t.Contract!.Version}"),
        ];
        return versions.Length == 0 ? problem.Hint
            : $"No contract that it reads has '{column.Groups[1].Value}': {string.Join(", ", versions)}.";
    }

    [GeneratedRegex("""column (?:named )?"(?:\w+\.)?(\w+)"(?:| not found)""", RegexOptions.IgnoreCase)]
    private static partial Regex Column();
}
