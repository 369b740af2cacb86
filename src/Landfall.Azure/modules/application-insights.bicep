metadata description = 'Application Insights: kept in a Log Analytics workspace, written with Entra only.'

import { diagnosticSettingType, roleAssignmentType, tagsType } from 'types.bicep'

@description('Name of the component.')
@minLength(1)
@maxLength(260)
param name string

@description('Region of the component.')
param location string

@description('Tags of the component.')
param tags tagsType

@description('Roles of principals on the component.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Id of the Log Analytics workspace that keeps its data.')
param workspaceResourceId string

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceResourceId
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    // Agents in the cluster send through the firewall to a public address; Entra decides who may write.
    publicNetworkAccessForIngestion: 'Enabled'
    // People read it from the portal, where Entra decides.
    publicNetworkAccessForQuery: 'Enabled'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: component
    name: setting.name
    properties: {
      workspaceId: setting.workspaceResourceId
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
    scope: component
    name: guid(component.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

@description('Id of the component.')
output resourceId string = component.id
