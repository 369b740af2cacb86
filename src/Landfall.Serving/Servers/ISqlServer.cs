using Landfall.Estate;

namespace Landfall.Serving.Servers;

/// <summary>The PostgreSQL that serves an estate's tables.</summary>
public interface ISqlServer
{
    /// <summary>Its address, while it runs or may be assumed to; null where it is stopped or was never made.</summary>
    /// <exception cref="LandfallException">What is known of it cannot be read.</exception>
    ServerAddress? Find();

    /// <summary>Its address, after it was made and started where that is ours to do.</summary>
    /// <exception cref="LandfallException">LF43xx: it cannot be.</exception>
    Task<ServerAddress> EnsureAsync(CancellationToken cancellationToken);

    /// <summary>Stops it where that is ours to do; false where it did not run or is not ours.</summary>
    Task<bool> StopAsync(CancellationToken cancellationToken);

    /// <summary>The name and password of the role that makes databases and roles: a secret.</summary>
    (string User, string Password) Administrator();
}
