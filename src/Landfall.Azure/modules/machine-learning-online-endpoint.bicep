metadata description = 'Online endpoint on a cluster: the address of a model, whatever deployment answers.'

import { diagnosticSettingType, roleAssignmentType, tagsType } from 'types.bicep'

@description('Name of the endpoint: once in a region.')
@minLength(3)
@maxLength(32)
param name string

@description('Region of the endpoint: that of its workspace.')
param location string

@description('Tags of the endpoint.')
param tags tagsType

@description('Roles of principals on the endpoint.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Name of the workspace.')
@minLength(3)
@maxLength(33)
param workspaceName string

@description('Id of the Kubernetes compute that it runs on.')
param computeResourceId string

@description('Id of the identity that its deployments act as.')
param userAssignedIdentityResourceId string

// No AADToken: Azure takes it for endpoints on managed compute only.
@description('How callers sign in: with a key, or with a token that Machine Learning gives and that expires.')
param authMode 'Key' | 'AMLToken'

@description('What the endpoint answers.')
@minLength(1)
@maxLength(1024)
param purpose string

resource workspace 'Microsoft.MachineLearningServices/workspaces@2026-09-01' existing = {
  name: workspaceName
}

// No traffic: it names deployments, which come after the endpoint. The rollout sets it once a deployment is there.
resource endpoint 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2026-09-01' = {
  parent: workspace
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentityResourceId}': {}
    }
  }
  properties: {
    description: purpose
    authMode: authMode
    compute: computeResourceId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: endpoint
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
    scope: endpoint
    name: guid(endpoint.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

@description('Id of the endpoint.')
output resourceId string = endpoint.id
