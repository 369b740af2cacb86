namespace Landfall.Sql.Tests;

/// <summary>A test that asks the Spark of the <c>shared</c> folder beside the repository; skipped without it.</summary>
public sealed class SparkFactAttribute : FactAttribute
{
    public SparkFactAttribute()
    {
        if (!File.Exists(Script))
        {
            Skip = "There is no shared/spark beside the repository.";
        }
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "java"))))
        {
            Skip = "There is no java on the path.";
        }
    }

    /// <summary>Path of the script that runs Spark.</summary>
    public static string Script { get; } = FindScript();

    private static string FindScript()
    {
        var folder = new DirectoryInfo(SqlFixture.Folder());
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Landfall.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "/", "shared", "spark", "spark");
    }
}
