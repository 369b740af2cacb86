metadata description = 'Container registry: images by role and private endpoint, over zones, none copied out of it.'

import {
  diagnosticSettingType
  lockType
  privateEndpointType
  roleAssignmentType
  tagsType
} from 'types.bicep'

@description('Name of the registry: letters and digits.')
@minLength(5)
@maxLength(50)
param name string

@description('Region of the registry.')
param location string

@description('Tags of the registry.')
param tags tagsType

@description('Lock on the registry.')
param lock lockType

@description('Roles of principals on the registry.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: registry.')
param privateEndpoints privateEndpointType[]

@description('Whether its images are spread over availability zones.')
param zoneRedundancy 'Enabled' | 'Disabled'

@description('Days after which an image without a tag is deleted.')
@minValue(7)
@maxValue(365)
param retentionInDays int

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Premium'
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    zoneRedundancy: zoneRedundancy
    publicNetworkAccess: 'Disabled'
    // Machine Learning reads images as a trusted service.
    networkRuleBypassOptions: 'AzureServices'
    networkRuleBypassAllowedForTasks: false
    networkRuleSet: {
      defaultAction: 'Deny'
    }
    // AcrPull and AcrPush count only so.
    roleAssignmentMode: 'LegacyRegistryPermissions'
    policies: {
      // Identities of container apps sign in with a token of the Resource Manager.
      azureADAuthenticationAsArmPolicy: {
        status: 'enabled'
      }
      exportPolicy: {
        status: 'disabled'
      }
      retentionPolicy: {
        status: 'enabled'
        days: retentionInDays
      }
    }
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: registry.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: registry
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
    scope: registry
    name: guid(registry.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

resource registryLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: registry
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Images of the zone: Landfall never deletes the registry.'
  }
}

@description('Id of the registry.')
output resourceId string = registry.id
