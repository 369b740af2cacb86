using System.Text;

namespace Landfall.Engine.DuckDb;

/// <summary>
/// Makes DuckDB take a path as it stands: its file functions read <c>*</c>, <c>?</c> and <c>[</c> as patterns.
/// </summary>
internal static class GlobEscape
{
    /// <summary>The pattern that matches exactly this path.</summary>
    public static string Of(string path)
    {
        StringBuilder pattern = new(path.Length);
        foreach (char character in path)
        {
            _ = character is '*' or '?' or '[' ? pattern.Append('[').Append(character).Append(']')
                : pattern.Append(character);
        }

        return pattern.ToString();
    }
}
