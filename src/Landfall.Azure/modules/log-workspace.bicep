metadata description = 'Log Analytics workspace: read with Entra only, fed by the platform.'

import { lockType, roleAssignmentType, tagsType } from 'types.bicep'

@description('Name of the workspace.')
@minLength(4)
@maxLength(63)
param name string

@description('Region of the workspace.')
param location string

@description('Tags of the workspace.')
param tags tagsType

@description('Lock on the workspace.')
param lock lockType

@description('Roles of principals on the workspace.')
param roleAssignments roleAssignmentType[]

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    publicNetworkAccessForIngestion: 'Disabled'
    // People read it from the portal, where Entra decides.
    publicNetworkAccessForQuery: 'Enabled'
  }
}

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

resource workspaceLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: workspace
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Logs and audit: Landfall never deletes them.'
  }
}

@description('Id of the workspace.')
output resourceId string = workspace.id
