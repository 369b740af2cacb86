namespace Landfall.Architecture.Tests;

/// <summary>What tests must not do. Each rule gives the lines that do it, as <c>path:line: why</c>.</summary>
internal static class TestHabits
{
    /// <summary>The one place that reads the seed.</summary>
    public const string SeedPath = "tests/Landfall.Testing/TestSeed.cs";

    /// <summary>A time is waited for only where the time itself is tried, and a comment above says so.</summary>
    public static IEnumerable<string> SleepWithoutReason(SourceFile file) => Lines(file)
        .Where(l => l.Text.Contains("Thread.Sleep(", StringComparison.Ordinal)
            || l.Text.Contains("Task.Delay(", StringComparison.Ordinal))
        .Where(l => !l.Text.Contains("Timeout.Infinite", StringComparison.Ordinal) && !HasReason(file, l.Number))
        .Select(l => $"{file.Path}:{l.Number}: waits for a time; wait for the condition with Eventually, or say why");

    /// <summary>Whoever draws from the clock, or reads a seed of their own, cannot be repeated.</summary>
    public static IEnumerable<string> SeedOfItsOwn(SourceFile file) => Lines(file)
        .Where(l => l.Text.Contains("Environment.TickCount", StringComparison.Ordinal)
            || (l.Text.Contains("SEED\"", StringComparison.Ordinal) && file.Path != SeedPath))
        .Select(l => $"{file.Path}:{l.Number}: has a seed of its own; take TestSeed's");

    private static IEnumerable<(string Text, int Number)> Lines(SourceFile file) =>
        file.Lines.Select((text, i) => (text, i + 1));

    /// <summary>A comment stands on the line before, or before the few lines of the same thought.</summary>
    private static bool HasReason(SourceFile file, int number) => file.Lines
        .Take(number - 1).Reverse().TakeWhile(l => l.Trim().Length > 1).Take(3)
        .Any(l => l.TrimStart().StartsWith("// ", StringComparison.Ordinal));
}
