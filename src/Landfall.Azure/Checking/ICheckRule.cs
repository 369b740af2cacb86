namespace Landfall.Azure.Checking;

/// <summary>Something that must hold for the deployments of an environment. Unknown values break no rule.</summary>
internal interface ICheckRule
{
    /// <summary>What breaks it.</summary>
    IEnumerable<Finding> Check(CheckScope scope);
}
