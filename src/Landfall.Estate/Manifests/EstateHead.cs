using System.Collections.Immutable;

namespace Landfall.Estate.Manifests;

/// <summary>What <c>estate.yaml</c> says.</summary>
internal sealed record EstateHead(
    string Name, string Title, string Domain, string Currency, PriceList Prices, ImmutableArray<Target> Targets);
