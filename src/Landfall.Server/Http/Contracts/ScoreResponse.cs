using Landfall.Server.Models;

namespace Landfall.Server.Http.Contracts;

/// <summary>The answer to a request for recommendations.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Deployment">The deployment that answered.</param>
/// <param name="Recommendations">One for each account or list of services, in the request's order.</param>
internal sealed record ScoreResponse(ModelIdentity Model, string Deployment, RecommendationBody[] Recommendations);
