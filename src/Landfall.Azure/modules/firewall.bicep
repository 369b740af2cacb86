metadata description = 'Firewall of the hub: what its rules do not name does not leave. Resolves names for the zones.'

import { diagnosticSettingType, lockType, tagsType } from 'types.bicep'

@description('Name of the firewall.')
@maxLength(56)
param name string

@description('Region of the firewall.')
param location string

@description('Tags of the firewall.')
param tags tagsType

@description('Lock on the firewall.')
param lock lockType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Id of the subnet AzureFirewallSubnet.')
param subnetResourceId string

@description('Name of its policy.')
@maxLength(80)
param policyName string

@description('Id of its public address.')
param publicIpAddressResourceId string

@description('Availability zones that it runs in; none for any.')
param availabilityZones string[]

resource policy 'Microsoft.Network/firewallPolicies@2026-03-01' = {
  name: policyName
  location: location
  tags: tags
  properties: {
    sku: {
      tier: 'Standard'
    }
    threatIntelMode: 'Deny'
    dnsSettings: {
      enableProxy: true
    }
  }
}

resource firewall 'Microsoft.Network/azureFirewalls@2026-03-01' = {
  name: name
  location: location
  tags: tags
  zones: availabilityZones
  properties: {
    sku: {
      name: 'AZFW_VNet'
      tier: 'Standard'
    }
    firewallPolicy: {
      id: policy.id
    }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: {
            id: subnetResourceId
          }
          publicIPAddress: {
            id: publicIpAddressResourceId
          }
        }
      }
    ]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: firewall
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

resource firewallLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: firewall
  name: 'lock-${name}'
  properties: {
    level: lock.kind
    notes: 'Everything that leaves the zones goes through it.'
  }
}

@description('Id of the firewall.')
output resourceId string = firewall.id
