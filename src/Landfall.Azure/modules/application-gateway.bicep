metadata description = 'Application gateway: the way in from outside, HTTPS only, with a web application firewall.'

import { diagnosticSettingType, tagsType } from 'types.bicep'

@description('Name of the gateway.')
@minLength(1)
@maxLength(80)
param name string

@description('Region of the gateway.')
param location string

@description('Tags of the gateway.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

@description('Id of its subnet: of no other resource.')
param subnetResourceId string

@description('Id of its firewall policy.')
param firewallPolicyResourceId string

@description('Id of its public address.')
param publicIpAddressResourceId string

@description('Availability zones that it runs in; none for any.')
param availabilityZones string[]

@description('Most units that it runs.')
@minValue(2)
@maxValue(125)
param maxCapacity int

@description('Id of the identity that reads the certificate.')
param userAssignedIdentityResourceId string

@description('Address of the certificate in a vault, without a version: a renewed one is taken up.')
param certificateUri string

@description('Host name that callers use: in the certificate.')
@minLength(1)
@maxLength(253)
param hostName string

@description('Address of the server in the network.')
@minLength(7)
@maxLength(15)
param backendAddress string

@description('Path that any answer but an error of the server comes from where it is well.')
param probePath string

@description('Seconds that the server has for an answer.')
@minValue(1)
@maxValue(86400)
param requestTimeout int

var id = resourceId('Microsoft.Network/applicationGateways', name)

resource gateway 'Microsoft.Network/applicationGateways@2026-03-01' = {
  name: name
  location: location
  tags: tags
  zones: availabilityZones
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${userAssignedIdentityResourceId}': {} }
  }
  properties: {
    sku: { name: 'WAF_v2', tier: 'WAF_v2' }
    autoscaleConfiguration: { minCapacity: 1, maxCapacity: maxCapacity }
    firewallPolicy: { id: firewallPolicyResourceId }
    sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' }
    enableHttp2: true
    gatewayIPConfigurations: [{ name: 'default', properties: { subnet: { id: subnetResourceId } } }]
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: publicIpAddressResourceId } } }]
    frontendPorts: [{ name: 'https', properties: { port: 443 } }]
    sslCertificates: [{ name: 'public', properties: { keyVaultSecretId: certificateUri } }]
    httpListeners: [
      {
        name: 'https'
        properties: {
          protocol: 'Https'
          hostName: hostName
          requireServerNameIndication: true
          frontendIPConfiguration: { id: '${id}/frontendIPConfigurations/public' }
          frontendPort: { id: '${id}/frontendPorts/https' }
          sslCertificate: { id: '${id}/sslCertificates/public' }
        }
      }
    ]
    backendAddressPools: [{ name: 'backend', properties: { backendAddresses: [{ ipAddress: backendAddress }] } }]
    probes: [
      {
        name: 'backend'
        properties: {
          protocol: 'Https'
          path: probePath
          pickHostNameFromBackendHttpSettings: true
          interval: 30
          timeout: 30
          match: { statusCodes: ['200-499'] }
          unhealthyThreshold: 3
        }
      }
    ]
    backendHttpSettingsCollection: [
      {
        name: 'backend'
        properties: {
          protocol: 'Https'
          port: 443
          hostName: hostName
          cookieBasedAffinity: 'Disabled'
          requestTimeout: requestTimeout
          probe: { id: '${id}/probes/backend' }
        }
      }
    ]
    requestRoutingRules: [
      {
        name: 'default'
        properties: {
          ruleType: 'Basic'
          priority: 100
          httpListener: { id: '${id}/httpListeners/https' }
          backendAddressPool: { id: '${id}/backendAddressPools/backend' }
          backendHttpSettings: { id: '${id}/backendHttpSettingsCollection/backend' }
        }
      }
    ]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: gateway
    name: setting.name
    properties: {
      workspaceId: setting.workspaceResourceId
      logs: [{ categoryGroup: 'allLogs', enabled: true }]
      metrics: [{ category: 'AllMetrics', enabled: true }]
    }
  }
]

@description('Id of the gateway.')
output resourceId string = gateway.id
