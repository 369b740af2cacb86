using System.Text.RegularExpressions;

namespace Landfall.Azure.Snapshots;

/// <summary>
/// The files that a deployment is made of, without asking the compiler: every text in its files that is the path of a
/// file. That may be more than what the compiler reads, never less, since it wants paths as plain texts.
/// </summary>
internal static partial class SourceFiles
{
    private const string Configuration = "bicepconfig.json";

    /// <summary>Absolute paths of a parameter file, all that it leads to, and what configures the compiler.</summary>
    public static SortedSet<string> Of(string parameters)
    {
        SortedSet<string> all = new(StringComparer.Ordinal);
        Stack<string> open = new([parameters]);
        while (open.TryPop(out string? file))
        {
            if (!all.Add(file))
            {
                continue;
            }

            string folder = Path.GetDirectoryName(file)!;
            all.UnionWith(ConfigurationsOf(folder));
            if (Path.GetExtension(file) is ".bicep" or ".bicepparam")
            {
                foreach (Match path in TextPattern().Matches(File.ReadAllText(file)))
                {
                    string found = Path.GetFullPath(Path.Combine(folder, path.Groups[1].Value));
                    if (File.Exists(found))
                    {
                        open.Push(found);
                    }
                }
            }
        }

        return all;
    }

    private static IEnumerable<string> ConfigurationsOf(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, Configuration);
            if (File.Exists(file))
            {
                yield return file;
            }
        }
    }

    [GeneratedRegex(@"'([^'\r\n$]{1,400})'", RegexOptions.NonBacktracking)]
    private static partial Regex TextPattern();
}
