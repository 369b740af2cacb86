metadata description = 'Databricks workspace: in the zone\'s network, no public address, storage behind a firewall.'

import {
  diagnosticSettingType
  lockType
  privateEndpointType
  roleAssignmentType
  tagsType
} from 'types.bicep'

@description('Name of the workspace.')
@minLength(3)
@maxLength(64)
param name string

@description('Region of the workspace.')
param location string

@description('Tags of the workspace.')
param tags tagsType

@description('Lock on the workspace.')
param lock lockType

@description('Roles of principals on the workspace.')
param roleAssignments roleAssignmentType[]

@description('Where its logs go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: databricks_ui_api and, once for a region and its DNS zone, browser_authentication.')
param privateEndpoints privateEndpointType[]

@description('Id of the resource group that Databricks makes for itself.')
param managedResourceGroupResourceId string

@description('Id of the network of its clusters.')
param customVirtualNetworkResourceId string

@description('Name of the subnet of the hosts.')
@minLength(1)
@maxLength(80)
param customPublicSubnetName string

@description('Name of the subnet of the containers.')
@minLength(1)
@maxLength(80)
param customPrivateSubnetName string

@description('How many copies of its own data there are, and where.')
param storageSku 'Standard_LRS' | 'Standard_ZRS'

resource workspace 'Microsoft.Databricks/workspaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'premium'
  }
  properties: {
    computeMode: 'Hybrid'
    managedResourceGroupId: managedResourceGroupResourceId
    publicNetworkAccess: 'Disabled'
    requiredNsgRules: 'NoAzureDatabricksRules'
    defaultCatalog: {
      initialType: 'UnityCatalog'
    }
    parameters: {
      customVirtualNetworkId: {
        value: customVirtualNetworkResourceId
      }
      customPublicSubnetName: {
        value: customPublicSubnetName
      }
      customPrivateSubnetName: {
        value: customPrivateSubnetName
      }
      enableNoPublicIp: {
        value: true
      }
      storageAccountSkuName: {
        value: storageSku
      }
    }
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

resource workspaceLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: workspace
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Notebooks and jobs of the zone: Landfall never deletes them.'
  }
}

@description('Id of the workspace.')
output resourceId string = workspace.id

@description('Address of the workspace: what linked services connect to.')
output workspaceUrl string = workspace.properties.workspaceUrl
