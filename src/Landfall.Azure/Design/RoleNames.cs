namespace Landfall.Azure.Design;

/// <summary>Built-in roles of Azure that are given, as <c>roles</c> of the shared types names them.</summary>
internal static class RoleNames
{
    public const string BlobDataContributor = "blobDataContributor";
    public const string BlobDataReader = "blobDataReader";
    public const string FileDataPrivilegedContributor = "fileDataPrivilegedContributor";
    public const string SecretsOfficer = "secretsOfficer";
    public const string SecretsUser = "secretsUser";
    public const string VaultAdministrator = "vaultAdministrator";
    public const string LogReader = "logReader";
    public const string RegistryPull = "registryPull";
    public const string RegistryPush = "registryPush";
    public const string Contributor = "contributor";
    public const string NetworkContributor = "networkContributor";
    public const string DataScientist = "dataScientist";
    public const string IdentityOperator = "identityOperator";
}
