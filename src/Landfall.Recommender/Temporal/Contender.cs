using Landfall.Recommender.Training;

namespace Landfall.Recommender.Temporal;

/// <summary>A model that takes part in an evaluation: trained anew at each cut-off.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Options">Its algorithm and hyperparameters.</param>
public sealed record Contender(string Name, ModelOptions Options);
