using System.Collections.Immutable;
using Landfall.Estate;

namespace Landfall.Server.Endpoints;

/// <summary>The deployments of an endpoint at one time. Immutable, so that a request sees one set.</summary>
internal sealed class DeploymentSet
{
    /// <summary>No deployment, so that nothing can be answered.</summary>
    public static readonly DeploymentSet Empty = new([]);

    private const int NameLengthMax = 32;
    private const int MirrorPercentMax = 50;

    private DeploymentSet(ImmutableArray<Deployment> deployments)
    {
        All = deployments;
        Mirror = deployments.FirstOrDefault(d => d.MirrorPercent > 0);
        IsServing = deployments.Any(d => d.TrafficPercent > 0);
    }

    /// <summary>Every deployment.</summary>
    public ImmutableArray<Deployment> All { get; }

    /// <summary>The deployment that scores a share of the requests besides; null for none.</summary>
    public Deployment? Mirror { get; }

    /// <summary>Whether a deployment has traffic.</summary>
    public bool IsServing { get; }

    /// <summary>A checked set.</summary>
    /// <exception cref="LandfallException"><c>LF4421</c>: names, traffic or mirror do not fit.</exception>
    public static DeploymentSet Of(ImmutableArray<Deployment> deployments)
    {
        string? problem =
            deployments.FirstOrDefault(d => !IsName(d.Name)) is { } unnamed
                ? $"'{unnamed.Name}' is no name of 1 to {NameLengthMax} letters, digits and '-'"
            : deployments.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count() < deployments.Length
                ? "a name is there twice"
            : deployments.Any(d => d.TrafficPercent is < 0 or > 100)
                ? "traffic is a percentage from 0 to 100"
            : deployments.Sum(d => d.TrafficPercent) is not (0 or 100) and int sum
                ? $"traffic adds up to {sum} %, not to 100 % or to nothing"
            : deployments.Any(d => d.MirrorPercent is < 0 or > MirrorPercentMax)
                ? $"mirrored traffic is a percentage from 0 to {MirrorPercentMax}"
            : deployments.Count(d => d.MirrorPercent > 0) > 1
                ? "more than one deployment has mirrored traffic"
            : deployments.Any(d => d is { MirrorPercent: > 0, TrafficPercent: > 0 })
                ? "a deployment has both traffic and mirrored traffic"
            : null;
        return problem is null
            ? new(deployments)
            : throw new LandfallException(
                "LF4421",
                $"The deployments of the endpoint do not fit: {problem}. The deployments before stay in place. "
                + "Correct them; the endpoint takes them up within seconds.");
    }

    /// <summary>Finds a deployment by its name; null where there is none.</summary>
    public Deployment? Find(string name)
    {
        foreach (Deployment deployment in All)
        {
            if (deployment.Name == name)
            {
                return deployment;
            }
        }

        return null;
    }

    /// <summary>The deployment for a draw; null where none has traffic.</summary>
    /// <param name="draw">0 to 99, evenly distributed.</param>
    public Deployment? Pick(int draw)
    {
        foreach (Deployment deployment in All)
        {
            draw -= deployment.TrafficPercent;
            if (draw < 0)
            {
                return deployment;
            }
        }

        return null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
