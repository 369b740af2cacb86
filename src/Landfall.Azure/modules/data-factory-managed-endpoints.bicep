metadata description = 'Private endpoints of a factory\'s managed network: it takes one at a time.'

@description('Name of the factory.')
@minLength(3)
@maxLength(63)
param factoryName string

@description('Name of its managed network.')
@minLength(1)
@maxLength(127)
param networkName string

@description('The endpoints; the owner of each store approves.')
param managedPrivateEndpoints managedPrivateEndpointType[]

@export()
@description('A private endpoint of the managed network.')
type managedPrivateEndpointType = {
  @description('Name of the endpoint.')
  @minLength(1)
  @maxLength(127)
  name: string

  @description('The part of the store that it leads to.')
  @minLength(1)
  groupId: string

  @description('Id of the store.')
  privateLinkResourceId: string
}

resource factory 'Microsoft.DataFactory/factories@2018-06-01' existing = {
  name: factoryName

  resource network 'managedVirtualNetworks' existing = {
    name: networkName
  }
}

@batchSize(1)
resource endpoints 'Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints@2018-06-01' = [
  for endpoint in managedPrivateEndpoints: {
    parent: factory::network
    name: endpoint.name
    properties: {
      groupId: endpoint.groupId
      privateLinkResourceId: endpoint.privateLinkResourceId
    }
  }
]
