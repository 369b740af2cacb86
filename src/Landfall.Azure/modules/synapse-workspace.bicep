metadata description = 'Synapse workspace: in a managed network that data leaves only for the own tenant, Entra only.'

import {
  diagnosticSettingType
  privateEndpointType
  tagsType
} from 'types.bicep'

@description('Name of the workspace.')
@minLength(1)
@maxLength(50)
param name string

@description('Region of the workspace.')
param location string

@description('Tags of the workspace.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: Sql, SqlOnDemand and Dev.')
param privateEndpoints privateEndpointType[]

@description('Ids of the identities of the units that work in it.')
@minLength(1)
param userAssignedIdentityResourceIds string[]

@description('Name of the resource group that Synapse makes for itself.')
@maxLength(90)
param managedResourceGroupName string

@description('Id of the storage account of its default data lake.')
param defaultDataLakeStorageAccountResourceId string

@description('Address of the data lake endpoint of that account, https.')
param defaultDataLakeStorageAccountUrl string

@description('Container of that account that the workspace keeps its own files in.')
@minLength(3)
@maxLength(63)
param defaultDataLakeStorageFilesystem string

@description('Object id of the Entra group that administers its SQL.')
@minLength(36)
@maxLength(36)
param administratorObjectId string

@description('Name of that group.')
@minLength(1)
param administratorLogin string

resource workspace 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned,UserAssigned'
    userAssignedIdentities: toObject(userAssignedIdentityResourceIds, id => id, id => {})
  }
  properties: {
    azureADOnlyAuthentication: true
    publicNetworkAccess: 'Disabled'
    trustedServiceBypassEnabled: true
    managedResourceGroupName: managedResourceGroupName
    managedVirtualNetwork: 'default'
    managedVirtualNetworkSettings: {
      preventDataExfiltration: true
      linkedAccessCheckOnTargetResource: true
      allowedAadTenantIdsForLinking: [tenant().tenantId]
    }
    defaultDataLakeStorage: {
      resourceId: defaultDataLakeStorageAccountResourceId
      accountUrl: defaultDataLakeStorageAccountUrl
      filesystem: defaultDataLakeStorageFilesystem
      createManagedPrivateEndpoint: true
    }
  }

  resource administrators 'administrators' = {
    name: 'activeDirectory'
    properties: {
      administratorType: 'ActiveDirectory'
      login: administratorLogin
      sid: administratorObjectId
      tenantId: tenant().tenantId
    }
  }

  resource minimalTls 'dedicatedSQLminimalTlsSettings' = {
    name: 'default'
    properties: {
      minimalTlsVersion: '1.2'
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
      metrics: [
        {
          category: 'AllMetrics'
          enabled: true
        }
      ]
    }
  }
]

@description('Id of the workspace.')
output resourceId string = workspace.id

@description('Object id of the workspace\'s own identity.')
output principalId string = workspace.identity.principalId
