metadata description = 'Purview account: the catalogue that scans the zones\' lakes.'

import {
  diagnosticSettingType
  lockType
  privateEndpointType
  tagsType
} from 'types.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(63)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags tagsType

@description('Lock on the account.')
param lock lockType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: account and portal.')
param privateEndpoints privateEndpointType[]

@description('Name of the resource group that Purview makes for itself.')
@maxLength(90)
param managedResourceGroupName string

resource account 'Microsoft.Purview/accounts@2021-12-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    managedResourceGroupName: managedResourceGroupName
    managedResourcesPublicNetworkAccess: 'Disabled'
    publicNetworkAccess: 'Disabled'
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: account.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: account
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

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'The catalogue: Landfall never deletes it.'
  }
}

@description('Id of the account.')
output resourceId string = account.id
