using System.Collections.Immutable;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;
using Landfall.Estate.Sources;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the <c>source</c> of an integration by its kind.</summary>
internal static class SourceManifest
{
    /// <summary>The source and its kind; a file source without location where it cannot be told.</summary>
    public static (ISourceManifest Kind, Source Source) Read(
        Section integration, string key, ImmutableArray<ISourceManifest> kinds)
    {
        integration.Context.Mark($"{key}/source", integration.Place("source"));
        if (integration.Nested("source", "The source") is not { } section)
        {
            return (kinds[0], new FilesSource(""));
        }

        integration.Context.Mark($"{key}/source/type", section.Place("type"));
        string type = section.Word("type", [.. kinds.Select(k => k.Type)]);
        if (kinds.FirstOrDefault(k => k.Type == type) is not { } kind)
        {
            return (kinds[0], new FilesSource(""));
        }

        Source source = kind.Read(section, key);
        section.Close();
        return (kind, source);
    }
}
