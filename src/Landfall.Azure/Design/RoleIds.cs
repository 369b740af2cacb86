namespace Landfall.Azure.Design;

/// <summary>Built-in roles of Azure that are given, by GUID.</summary>
internal static class RoleIds
{
    public const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    public const string BlobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    public const string FileDataPrivilegedContributor = "69566ab7-960f-475b-8e7c-b3118f30c6bd";
    public const string SecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    public const string SecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    public const string VaultAdministrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
    public const string LogReader = "73c42c96-874c-492b-b04d-ab87d138a893";
    public const string RegistryPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    public const string RegistryPush = "8311e382-0749-4cb8-b61a-304f252e45ec";
    public const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    public const string NetworkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
    public const string DataScientist = "f6c7c914-8db3-469d-8ca1-694a8f32e121";
    public const string IdentityOperator = "f1a07417-d97a-45cb-824c-7a7467783830";
}
