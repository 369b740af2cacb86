using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Sources.Files;

/// <summary>What there is at a location.</summary>
/// <param name="Folder">Its absolute folder.</param>
/// <param name="Files">The files that tables want, in order of source time and path.</param>
/// <param name="LeftOut">What cannot be landed.</param>
internal sealed record FoundFiles(string Folder, ImmutableArray<LandFile> Files, ImmutableArray<LeftOut> LeftOut);
