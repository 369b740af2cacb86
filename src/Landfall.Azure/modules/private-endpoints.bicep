metadata description = 'Private endpoints of one resource, deployed one after another: a resource takes one at a time.'

import { privateEndpointType, tagsType } from 'types.bicep'

@description('Region of the endpoints: that of their network.')
param location string

@description('Tags of the endpoints.')
param tags tagsType

@description('Id of the resource that they lead to.')
param privateLinkServiceId string

@description('The endpoints.')
@minLength(1)
param privateEndpoints privateEndpointType[]

@batchSize(1)
resource endpoints 'Microsoft.Network/privateEndpoints@2026-03-01' = [
  for endpoint in privateEndpoints: {
    name: endpoint.name
    location: location
    tags: tags
    properties: {
      customNetworkInterfaceName: '${endpoint.name}-nic'
      subnet: {
        id: endpoint.subnetResourceId
      }
      privateLinkServiceConnections: [
        {
          name: endpoint.name
          properties: {
            privateLinkServiceId: privateLinkServiceId
            groupIds: [endpoint.service]
          }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [
  for (endpoint, index) in privateEndpoints: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for id in endpoint.privateDnsZoneResourceIds: {
          name: replace(last(split(id, '/')), '.', '-')
          properties: {
            privateDnsZoneId: id
          }
        }
      ]
    }
  }
]
