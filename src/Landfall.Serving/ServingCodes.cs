namespace Landfall.Serving;

/// <summary>Diagnostic codes of publication and of the people who read what is published.</summary>
internal static class ServingCodes
{
    /// <summary>The server does not answer, or refuses who asks.</summary>
    public const string NoConnection = "LF4310";

    /// <summary>Rows repeat a key.</summary>
    public const string KeyBroken = "LF4311";

    /// <summary>A value has no form in PostgreSQL.</summary>
    public const string Unfit = "LF4312";

    /// <summary>Another publication came in between.</summary>
    public const string Overtaken = "LF4313";

    /// <summary>The server is too old.</summary>
    public const string TooOld = "LF4314";

    /// <summary>The server's role may not do what publication needs.</summary>
    public const string NoRights = "LF4315";

    /// <summary>The server ended a publication.</summary>
    public const string Refused = "LF4316";

    /// <summary>The tables of a unit are not of one version.</summary>
    public const string NotWhole = "LF4317";

    /// <summary>There is no such user, or no login.</summary>
    public const string NoUser = "LF4318";

    /// <summary>There is a login already.</summary>
    public const string HasLogin = "LF4319";

    /// <summary>Nothing is served here.</summary>
    public const string NotServing = "LF4320";

    /// <summary>The certificates of the embedded server cannot be read.</summary>
    public const string Certificates = "LF4321";
}
