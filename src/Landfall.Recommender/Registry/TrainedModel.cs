using Landfall.Recommender.Packages;

namespace Landfall.Recommender.Registry;

/// <summary>A model with what is known of it.</summary>
/// <param name="Package">The model.</param>
/// <param name="Report">How it came about.</param>
public sealed record TrainedModel(ModelPackage Package, TrainingReport Report);
