using System.Runtime.CompilerServices;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// A test that needs a fixture of the folder <c>shared</c> beside the repository; skipped where it is absent.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (Find(path) is null)
        {
            Skip = $"The fixture shared/{path} is not beside the repository.";
        }
    }

    /// <summary>The fixture's absolute path; null where it is absent.</summary>
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(Root()); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", path);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string Root() =>
        Environment.GetEnvironmentVariable("LANDFALL_ROOT") is { Length: > 0 } root ? root : AppContext.BaseDirectory;
}
