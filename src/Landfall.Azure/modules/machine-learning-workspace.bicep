metadata description = 'Machine Learning workspace: one identity, stores read with Entra, for confidential data.'

import {
  diagnosticSettingType
  privateEndpointType
  roleAssignmentType
  tagsType
} from 'types.bicep'

@description('Name of the workspace.')
@minLength(3)
@maxLength(33)
param name string

@description('Region of the workspace.')
param location string

@description('Tags of the workspace.')
param tags tagsType

@description('Roles of principals on the workspace.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: amlworkspace.')
param privateEndpoints privateEndpointType[]

@description('Id of the identity that the workspace acts as.')
param userAssignedIdentityResourceId string

@description('Id of the storage account of its own files.')
param associatedStorageAccountResourceId string

@description('Id of the vault of its own secrets.')
param associatedKeyVaultResourceId string

@description('Id of the registry of its images.')
param associatedContainerRegistryResourceId string

@description('Id of the Application Insights component that its endpoints write to.')
param associatedApplicationInsightsResourceId string

// No managed network: it does not take attached Kubernetes clusters. What the workspace computes runs in the cluster,
// whose network the zone's firewall guards.
resource workspace 'Microsoft.MachineLearningServices/workspaces@2026-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'Default'
  sku: {
    name: 'Basic'
    tier: 'Basic'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentityResourceId}': {}
    }
  }
  properties: {
    friendlyName: name
    primaryUserAssignedIdentity: userAssignedIdentityResourceId
    storageAccount: associatedStorageAccountResourceId
    keyVault: associatedKeyVaultResourceId
    containerRegistry: associatedContainerRegistryResourceId
    applicationInsights: associatedApplicationInsightsResourceId
    systemDatastoresAuthMode: 'Identity'
    publicNetworkAccess: 'Disabled'
    allowPublicAccessWhenBehindVnet: false
    hbiWorkspace: true
    v1LegacyMode: false
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: workspace.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: workspace
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
    scope: workspace
    name: guid(workspace.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

@description('Id of the workspace.')
output resourceId string = workspace.id
