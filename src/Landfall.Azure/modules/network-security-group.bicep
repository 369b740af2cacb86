metadata description = 'Network security group of one subnet.'

import { diagnosticSettingType, securityRuleType, tagsType } from 'types.bicep'

@description('Name of the group.')
@maxLength(80)
param name string

@description('Region of the group.')
param location string

@description('Tags of the group.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Rules beside those that every group has.')
param securityRules securityRuleType[]

resource group 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    securityRules: [
      for rule in securityRules: {
        name: rule.name
        properties: {
          description: rule.description
          priority: rule.priority
          direction: rule.direction
          access: 'Allow'
          protocol: rule.protocol
          sourceAddressPrefix: rule.source
          sourcePortRange: '*'
          destinationAddressPrefix: rule.destination
          destinationPortRanges: rule.ports
        }
      }
    ]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: group
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

@description('Id of the group.')
output resourceId string = group.id
