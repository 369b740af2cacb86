metadata description = 'Private DNS zones, resolved from the hub.'

import { tagsType } from 'types.bicep'

@description('Names of the zones.')
@minLength(1)
param names string[]

@description('Tags of the zones.')
param tags tagsType

@description('Id of the network that resolves them.')
param virtualNetworkResourceId string

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for name in names: {
    name: name
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, index) in names: {
    parent: zones[index]
    name: 'hub'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: virtualNetworkResourceId
      }
    }
  }
]

@description('Ids of the zones, in the order of their names.')
output resourceIds string[] = [for (name, index) in names: zones[index].id]
