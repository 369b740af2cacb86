using System.Collections.Immutable;
using System.Text.Json;

namespace Landfall.Azure.Deployments;

/// <summary>
/// What <c>deployments.&lt;environment&gt;.json</c> says of a folder: its deployments in the order in which they are
/// made. Immutable.
/// </summary>
public sealed record DeploymentSet
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Id of the estate.</summary>
    public required string Estate { get; init; }

    /// <summary><c>dev</c>, <c>test</c> or <c>prod</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Id of the Entra tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The deployments; each may need those before it.</summary>
    public required ImmutableArray<Deployment> Deployments { get; init; }

    /// <summary>Ids of resources that are there already; what is below one counts as there too.</summary>
    public required ImmutableArray<string> Existing { get; init; }

    /// <summary>The file's name.</summary>
    public static string FileName(string environment) => $"deployments.{environment}.json";

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="JsonException">The text is no set of deployments.</exception>
    public static DeploymentSet Parse(string text) =>
        JsonSerializer.Deserialize<DeploymentSet>(text, Json) ?? throw new JsonException("The file holds null.");

    /// <summary>The file's text, which ends with a line feed.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json) + "\n";
}
