metadata description = 'Data Factory of a unit: acts as the unit\'s identity, reaches stores from a managed network.'

import { managedPrivateEndpointType } from 'data-factory-managed-endpoints.bicep'
import {
  diagnosticSettingType
  privateEndpointType
  roleAssignmentType
  tagsType
} from 'types.bicep'

@description('Name of the factory.')
@minLength(3)
@maxLength(63)
param name string

@description('Region of the factory.')
param location string

@description('Tags of the factory.')
param tags tagsType

@description('Roles of principals on the factory.')
param roleAssignments roleAssignmentType[]

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: dataFactory and portal.')
param privateEndpoints privateEndpointType[]

@description('Id of the unit\'s identity.')
param userAssignedIdentityResourceId string

@description('Private endpoints of the managed network to stores; the owner of each store approves.')
param managedPrivateEndpoints managedPrivateEndpointType[]

resource factory 'Microsoft.DataFactory/factories@2018-06-01' = {
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
    publicNetworkAccess: 'Disabled'
  }

  resource credential 'credentials' = {
    name: last(split(userAssignedIdentityResourceId, '/'))
    properties: {
      type: 'ManagedIdentity'
      typeProperties: {
        resourceId: userAssignedIdentityResourceId
      }
    }
  }

  resource network 'managedVirtualNetworks' = {
    name: 'default'
    properties: {}
  }

  resource runtime 'integrationRuntimes' = {
    name: 'AutoResolveIntegrationRuntime'
    properties: {
      type: 'Managed'
      managedVirtualNetwork: {
        type: 'ManagedVirtualNetworkReference'
        referenceName: network.name
      }
      typeProperties: {
        computeProperties: {
          // In a managed network: the region of the factory.
          location: 'AutoResolve'
        }
      }
    }
  }
}

module storeEndpoints 'data-factory-managed-endpoints.bicep' = {
  params: {
    factoryName: factory.name
    networkName: factory::network.name
    managedPrivateEndpoints: managedPrivateEndpoints
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: factory.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: factory
    name: setting.name
    properties: {
      workspaceId: setting.workspaceResourceId
      logAnalyticsDestinationType: 'Dedicated'
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
    scope: factory
    name: guid(factory.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

@description('Id of the factory.')
output resourceId string = factory.id
