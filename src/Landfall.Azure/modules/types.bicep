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
