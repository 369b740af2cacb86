metadata description = 'Key vault: secrets by role, no access from outside the network, no purge before 90 days.'

import {
  diagnosticSettingType
  lockType
  privateEndpointType
  roleAssignmentType
  tagsType
} from 'types.bicep'

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the vault.')
param location string

@description('Tags of the vault.')
param tags tagsType

@description('Lock on the vault.')
param lock lockType

@description('Roles of principals on the vault.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: vault.')
param privateEndpoints privateEndpointType[]

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
    }
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: vault.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: vault
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

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roleAssignments: {
    scope: vault
    name: guid(vault.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

resource vaultLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: vault
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Secrets of the zone: Landfall never deletes them.'
  }
}

@description('Id of the vault.')
output resourceId string = vault.id
