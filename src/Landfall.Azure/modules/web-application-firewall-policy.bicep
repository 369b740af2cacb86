metadata description = 'Web application firewall of a gateway: denies what its rules find.'

import { tagsType } from 'types.bicep'

@description('Name of the policy.')
@maxLength(80)
param name string

@description('Region of the policy: that of its gateway.')
param location string

@description('Tags of the policy.')
param tags tagsType

@description('Largest body of a request in KiB.')
@minValue(8)
@maxValue(2000)
param maxRequestBodySizeInKb int

resource policy 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    policySettings: {
      state: 'Enabled'
      mode: 'Prevention'
      requestBodyCheck: true
      requestBodyEnforcement: true
      requestBodyInspectLimitInKB: maxRequestBodySizeInKb
      maxRequestBodySizeInKb: maxRequestBodySizeInKb
      fileUploadEnforcement: true
      fileUploadLimitInMb: 1
    }
    managedRules: {
      managedRuleSets: [
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
      ]
    }
  }
}

@description('Id of the policy.')
output resourceId string = policy.id
