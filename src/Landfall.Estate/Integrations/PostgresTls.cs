namespace Landfall.Estate.Integrations;

/// <summary>How a connection to a PostgreSQL database is protected.</summary>
public enum PostgresTls
{
    /// <summary>As <see cref="Verify"/>; on this machine encrypted where the server offers it.</summary>
    ByHost,

    /// <summary>Encrypted, with a certificate for the host by an authority that is trusted.</summary>
    Verify,

    /// <summary>Encrypted; who answers is not proven.</summary>
    Encrypt,

    /// <summary>Neither.</summary>
    Off,
}
