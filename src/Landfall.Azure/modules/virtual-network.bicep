metadata description = 'Virtual network with its subnets in one place: a redeployment deletes none in use.'

import { diagnosticSettingType, subnetType, tagsType } from 'types.bicep'

@description('Name of the network.')
@minLength(2)
@maxLength(64)
param name string

@description('Region of the network.')
param location string

@description('Tags of the network.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Range of the network, in CIDR notation.')
param addressPrefix string

@description('Addresses that names are asked at; none for Azure\'s own.')
param dnsServers string[]

@description('Its subnets.')
@minLength(1)
param subnets subnetType[]

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    dhcpOptions: {
      dnsServers: dnsServers
    }
    subnets: [
      for subnet in subnets: {
        name: subnet.name
        properties: {
          addressPrefix: subnet.addressPrefix
          defaultOutboundAccess: false
          delegations: map(subnet.delegations, service => {
            name: replace(service, '/', '.')
            properties: {
              serviceName: service
            }
          })
          networkSecurityGroup: subnet.?networkSecurityGroup
          privateEndpointNetworkPolicies: 'Enabled'
          routeTable: subnet.?routeTable
        }
      }
    ]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: network
    name: setting.name
    properties: {
      workspaceId: setting.workspaceResourceId
      logs: [
        {
          categoryGroup: 'allLogs'
          enabled: true
        }
      ]
      metrics: [
        {
          category: 'AllMetrics'
          enabled: true
        }
      ]
    }
  }
]

@description('Id of the network.')
output resourceId string = network.id

@description('Name of the network.')
output name string = network.name
