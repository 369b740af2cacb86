metadata description = 'Environment of container apps and jobs: inside the network only, over zones, encrypted within.'

import { diagnosticSettingType, tagsType } from 'types.bicep'

@description('Name of the environment.')
@minLength(2)
@maxLength(60)
param name string

@description('Region of the environment.')
param location string

@description('Tags of the environment.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Id of its subnet: given to Microsoft.App/environments.')
param infrastructureSubnetResourceId string

@description('Whether it is spread over availability zones.')
param zoneRedundant bool

@description('Name of the resource group that the environment makes for itself.')
@maxLength(90)
param infrastructureResourceGroupName string

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    environmentMode: 'WorkloadProfiles'
    publicNetworkAccess: 'Disabled'
    zoneRedundant: zoneRedundant
    infrastructureResourceGroup: infrastructureResourceGroupName
    vnetConfiguration: {
      internal: true
      infrastructureSubnetId: infrastructureSubnetResourceId
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    // To the workspaces of its diagnostic settings, without a key.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    peerAuthentication: {
      mtls: {
        enabled: true
      }
    }
    peerTrafficConfiguration: {
      encryption: {
        enabled: true
      }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: environment
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

@description('Id of the environment.')
output resourceId string = environment.id
