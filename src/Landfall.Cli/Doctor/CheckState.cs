namespace Landfall.Cli.Doctor;

/// <summary>What a finding means.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Landfall runs, with less.</summary>
    Limited,

    /// <summary>Landfall cannot run.</summary>
    Missing,
}
