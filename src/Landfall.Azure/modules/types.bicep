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
