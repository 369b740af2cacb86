metadata description = 'Types that modules share.'

@export()
@description('What cost reports and policies find a resource by.')
type tagsType = {
  @description('Id of the estate.')
  estate: string

  @description('Id of the zone.')
  zone: string

  @description('Environment: dev, test or prod.')
  environment: string

  @description('Group that owns the resource.')
  owner: string

  @description('Cost centre that pays.')
  costCentre: string

  @description('What else it is found by: unit, the integration or product that it is for; pool, the pool that it is.')
  *: string
}

@export()
@description('Protects a resource from deletion or change.')
type lockType = {
  @description('What the lock forbids.')
  kind: 'CanNotDelete' | 'ReadOnly'
}

@export()
@description('A principal\'s role on a resource.')
type roleAssignmentType = {
  @description('Object id of the principal.')
  @minLength(36)
  principalId: string

  @description('Kind of the principal.')
  principalType: 'Group' | 'ServicePrincipal'

  @description('GUID of the built-in role.')
  @minLength(36)
  @maxLength(36)
  roleDefinitionId: string
}

@export()
@description('Where logs and metrics of a resource go.')
type diagnosticSettingType = {
  @description('Name of the setting.')
  name: string

  @description('Id of the Log Analytics workspace.')
  workspaceResourceId: string
}

@export()
@description('A private endpoint of a resource.')
type privateEndpointType = {
  @description('Name of the endpoint and of its connection.')
  @maxLength(64)
  name: string

  @description('The part of the resource that it leads to: a group id of its type.')
  service: string

  @description('Id of the subnet that it has its address in.')
  subnetResourceId: string

  @description('Ids of the private DNS zones that hold its names.')
  @minLength(1)
  privateDnsZoneResourceIds: string[]
}

@export()
@description('The endpoint of a resource for one of its parts; its name is stable, so that a redeployment keeps it.')
func endpoint(resourceName string, service string, subnetId string, zoneIds string[]) privateEndpointType => {
  name: 'pep-${resourceName}-${service}'
  service: service
  subnetResourceId: subnetId
  privateDnsZoneResourceIds: zoneIds
}

@export()
@description('A subnet of a network.')
type subnetType = {
  @description('Name of the subnet.')
  @maxLength(80)
  name: string

  @description('Range of the subnet, in CIDR notation.')
  addressPrefix: string

  @description('Services that the subnet is given to.')
  delegations: string[]

  @description('Its security group; absent where Azure allows none.')
  networkSecurityGroup: referenceType?

  @description('Its route table; absent where traffic leaves directly.')
  routeTable: referenceType?
}

@export()
@description('A reference to another resource.')
type referenceType = {
  @description('Id of the resource.')
  id: string
}

@export()
@description('A rule of a network security group that allows traffic.')
type securityRuleType = {
  @description('Name of the rule.')
  @maxLength(80)
  name: string

  @description('Why the rule is there.')
  @maxLength(140)
  description: string

  @description('Order among the rules of its direction.')
  @minValue(100)
  @maxValue(4096)
  priority: int

  @description('Which way the traffic goes.')
  direction: 'Inbound' | 'Outbound'

  @description('Protocol of the traffic.')
  protocol: 'Tcp' | 'Udp' | '*'

  @description('Range or service tag that the traffic comes from.')
  source: string

  @description('Range or service tag that the traffic goes to.')
  destination: string

  @description('Ports or ranges of ports that it goes to.')
  @minLength(1)
  ports: string[]
}

@export()
@description('Allows traffic by address, service tag or name.')
type firewallNetworkRuleType = {
  @description('Name of the rule.')
  name: string

  @description('Why the rule is there.')
  description: string

  @description('Protocol of the traffic.')
  protocol: 'TCP' | 'UDP' | 'Any'

  @description('Ranges that the traffic comes from.')
  @minLength(1)
  sources: string[]

  @description('Ranges or service tags that it goes to.')
  addresses: string[]

  @description('Names of the hosts that it goes to.')
  hosts: string[]

  @description('Ports that it goes to.')
  @minLength(1)
  ports: string[]
}

@export()
@description('Allows HTTPS by name.')
type firewallApplicationRuleType = {
  @description('Name of the rule.')
  name: string

  @description('Why the rule is there.')
  description: string

  @description('Ranges that the traffic comes from.')
  @minLength(1)
  sources: string[]

  @description('Names of the hosts that it goes to; may begin with *.')
  hosts: string[]

  @description('Sets of names that Azure keeps for its services.')
  tags: string[]
}

@export()
@description('Built-in roles of Azure that are given, by name.')
var roles = {
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  fileDataPrivilegedContributor: '69566ab7-960f-475b-8e7c-b3118f30c6bd'
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  vaultAdministrator: '00482a5a-887f-4fb3-b363-3b7fe8e74483'
  logReader: '73c42c96-874c-492b-b04d-ab87d138a893'
  registryPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  registryPush: '8311e382-0749-4cb8-b61a-304f252e45ec'
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7'
  dataScientist: 'f6c7c914-8db3-469d-8ca1-694a8f32e121'
  identityOperator: 'f1a07417-d97a-45cb-824c-7a7467783830'
}
