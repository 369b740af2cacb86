using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Generation;

/// <summary>What an estate is as Azure resources in one environment.</summary>
/// <param name="Deployments">Names of the deployments, in the order in which they are made.</param>
/// <param name="Files">Texts by path, relative to a folder, with <c>/</c>.</param>
/// <param name="Notes">What the estate says that Azure does not get, as warnings.</param>
public sealed record GeneratedFiles(
    ImmutableArray<string> Deployments, ImmutableSortedDictionary<string, string> Files,
    ImmutableArray<Diagnostic> Notes);
