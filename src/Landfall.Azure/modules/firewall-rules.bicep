metadata description = 'Rules of a firewall policy: hosts and services that zones may reach, each with its reason.'

import { firewallApplicationRuleType, firewallNetworkRuleType } from 'types.bicep'

@description('Name of the policy.')
@maxLength(80)
param firewallPolicyName string

@description('Name of the rules in the policy.')
@maxLength(80)
param name string

@description('Priority among the rules of the policy.')
@minValue(100)
@maxValue(65000)
param priority int

@description('Rules by address, service tag or name, and port.')
param networkRules firewallNetworkRuleType[]

@description('Rules by name of an HTTPS host.')
param applicationRules firewallApplicationRuleType[]

resource policy 'Microsoft.Network/firewallPolicies@2026-03-01' existing = {
  name: firewallPolicyName
}

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2026-03-01' = {
  parent: policy
  name: name
  properties: {
    priority: priority
    ruleCollections: [
      {
        name: 'network'
        priority: 100
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        action: {
          type: 'Allow'
        }
        rules: [
          for rule in networkRules: {
            name: rule.name
            description: rule.description
            ruleType: 'NetworkRule'
            ipProtocols: [rule.protocol]
            sourceAddresses: rule.sources
            destinationAddresses: rule.addresses
            destinationFqdns: rule.hosts
            destinationPorts: rule.ports
          }
        ]
      }
      {
        name: 'application'
        priority: 200
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        action: {
          type: 'Allow'
        }
        rules: [
          for rule in applicationRules: {
            name: rule.name
            description: rule.description
            ruleType: 'ApplicationRule'
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            sourceAddresses: rule.sources
            targetFqdns: rule.hosts
            fqdnTags: rule.tags
          }
        ]
      }
    ]
  }
}

@description('Id of the rules.')
output resourceId string = group.id
