metadata description = 'Spark pool: grows with the load, pauses when idle, carries cost tags of its own.'

import { diagnosticSettingType, tagsType } from 'types.bicep'

@description('Name of the pool: letters and digits.')
@minLength(1)
@maxLength(15)
param name string

@description('Region of the pool: that of its workspace.')
param location string

@description('Tags of the pool: what it costs is found by them.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Name of its workspace.')
@minLength(1)
@maxLength(50)
param workspaceName string

@description('Size of its nodes.')
param nodeSize 'Small' | 'Medium' | 'Large' | 'XLarge'

@description('Fewest nodes while it runs.')
@minValue(3)
@maxValue(200)
param minNodeCount int

@description('Most nodes while it runs.')
@minValue(3)
@maxValue(200)
param maxNodeCount int

@description('Minutes without work after which it pauses.')
@minValue(5)
@maxValue(60)
param autoPauseDelayInMinutes int

@description('Version of Spark.')
param sparkVersion '3.4' | '3.5'

resource workspace 'Microsoft.Synapse/workspaces@2021-06-01' existing = {
  name: workspaceName
}

resource pool 'Microsoft.Synapse/workspaces/bigDataPools@2021-06-01' = {
  parent: workspace
  name: name
  location: location
  tags: tags
  properties: {
    sparkVersion: sparkVersion
    nodeSizeFamily: 'MemoryOptimized'
    nodeSize: nodeSize
    autoScale: {
      enabled: true
      minNodeCount: minNodeCount
      maxNodeCount: maxNodeCount
    }
    autoPause: {
      enabled: true
      delayInMinutes: autoPauseDelayInMinutes
    }
    sessionLevelPackagesEnabled: false
    isComputeIsolationEnabled: false
    defaultSparkLogFolder: 'logs/'
    sparkEventsFolder: 'events/'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: pool
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

@description('Id of the pool.')
output resourceId string = pool.id
