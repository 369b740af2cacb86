using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Landfall.Azure.Generation;

/// <summary>The hand-written modules that Landfall brings.</summary>
internal static partial class ModuleLibrary
{
    private static readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>File names of all modules.</summary>
    public static IEnumerable<string> Names { get; } =
    [
        .. typeof(ModuleLibrary).Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".bicep", StringComparison.Ordinal)),
    ];

    /// <summary>A file of the library.</summary>
    public static string Text(string file) => _texts.GetOrAdd(file, static name =>
    {
        using Stream stream = typeof(ModuleLibrary).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"The library has no {name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>Modules with those that they use themselves.</summary>
    public static ImmutableSortedSet<string> WithNeeded(IEnumerable<string> modules)
    {
        ImmutableSortedSet<string>.Builder all = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        Stack<string> open = new(modules);
        while (open.TryPop(out string? module))
        {
            if (all.Add(module))
            {
                foreach (Match use in UsePattern().Matches(Text(module)))
                {
                    open.Push(use.Groups[1].Value);
                }
            }
        }

        return all.ToImmutable();
    }

    /// <summary>Resource providers of what modules and those that they use deploy.</summary>
    public static IEnumerable<string> Providers(IEnumerable<string> modules) => WithNeeded(modules)
        .SelectMany(m => ProviderPattern().Matches(Text(m)).Select(p => p.Groups[1].Value))
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^resource \w+ '(Microsoft\.\w+)/", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex ProviderPattern();

    /// <summary>A module or an import of another file.</summary>
    [GeneratedRegex(
        @"^(?:module \w+|.*\bfrom) '([a-z-]+\.bicep)'", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex UsePattern();
}
