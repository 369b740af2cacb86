namespace Landfall.Azure.Checking.Tables;

/// <summary>How large a subnet must be.</summary>
/// <param name="Use">What for.</param>
/// <param name="Prefix">The longest prefix that will do.</param>
internal sealed record SubnetNeed(string Use, int Prefix);
