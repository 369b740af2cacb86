metadata description = 'Route table that sends what leaves a network through the firewall.'

import { tagsType } from 'types.bicep'

@description('Name of the table.')
@maxLength(80)
param name string

@description('Region of the table.')
param location string

@description('Tags of the table.')
param tags tagsType

@description('Address of the firewall.')
param firewallAddress string

resource table 'Microsoft.Network/routeTables@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'firewall'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: firewallAddress
        }
      }
    ]
  }
}

@description('Id of the table.')
output resourceId string = table.id
