namespace Landfall.Azure.Design;

/// <summary>Ranges inside of Kubernetes clusters: of the shared address space of RFC 6598, which no zone has.</summary>
internal static class KubernetesRanges
{
    public const string Pods = "100.64.0.0/16";
    public const string Services = "100.65.0.0/20";
}
