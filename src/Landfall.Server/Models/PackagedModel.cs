using Landfall.Estate;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;

namespace Landfall.Server.Models;

/// <summary>A model version loaded from its package, which answers as batches do: by the same recommender.</summary>
public sealed class PackagedModel : IDeployedModel
{
    private readonly ServiceRecommender _recommender;

    /// <summary>Takes a loaded package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="version">Its number in the registry.</param>
    /// <param name="sha256">The SHA-256 of its file.</param>
    public PackagedModel(ModelPackage package, int version, string sha256)
    {
        _recommender = new(package);
        Identity = new(package.Name, version, sha256, package.TrainedThrough);

        // The first answer compiles the code of the others.
        _ = _recommender.Recommend(package.Services[..Math.Min(1, package.Services.Length)], 1, []);
    }

    /// <inheritdoc/>
    public ModelIdentity Identity { get; }

    /// <summary>Loads a version.</summary>
    /// <param name="path">The package's file.</param>
    /// <param name="version">Its number in the registry.</param>
    /// <param name="sha256">What the file's bytes must hash to.</param>
    /// <exception cref="LandfallException"><c>LF4404</c>: the file is missing, changed, or no package.</exception>
    public static PackagedModel Load(string path, int version, string sha256) =>
        new(PackageFile.Read(path, sha256), version, sha256);

    /// <inheritdoc/>
    public SuggestionList Recommend(
        IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded) =>
        _recommender.Recommend(services, count, excluded);
}
