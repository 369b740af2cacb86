metadata description = 'Storage account: Entra only, private, encrypted twice, deleted data kept for a while.'

import { diagnosticSettingType, lockType, privateEndpointType, tagsType } from 'types.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags tagsType

@description('Lock on the account.')
param lock lockType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Private endpoints: blob, dfs or file.')
param privateEndpoints privateEndpointType[]

@description('How many copies of the data there are, and where.')
param skuName 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

@description('Whether it is a data lake with folders. Cannot be changed later.')
param isHnsEnabled bool

@description('Days for which deleted data can be restored.')
@minValue(8)
@maxValue(365)
param retentionDays int

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: skuName
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    allowedCopyScope: 'PrivateLink'
    defaultToOAuthAuthentication: true
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: {
          enabled: true
          keyType: 'Account'
        }
        file: {
          enabled: true
          keyType: 'Account'
        }
        queue: {
          enabled: true
          keyType: 'Service'
        }
        table: {
          enabled: true
          keyType: 'Service'
        }
      }
    }
    isHnsEnabled: isHnsEnabled
    isLocalUserEnabled: false
    isNfsV3Enabled: false
    isSftpEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
    }
    publicNetworkAccess: 'Disabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    containerDeleteRetentionPolicy: {
      enabled: true
      days: retentionDays
    }
    deleteRetentionPolicy: {
      enabled: true
      days: retentionDays
    }
  }
}

module endpoints 'private-endpoints.bicep' = {
  params: {
    location: location
    tags: tags
    privateLinkServiceId: account.id
    privateEndpoints: privateEndpoints
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: blobService
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

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Data: Landfall never deletes it.'
  }
}

@description('Id of the account.')
output resourceId string = account.id

@description('Name of the account.')
output name string = account.name
