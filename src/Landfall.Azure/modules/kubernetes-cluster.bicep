metadata description = 'Kubernetes cluster: private, people by Entra, without a way out but the firewall.'

import { diagnosticSettingType, tagsType } from 'types.bicep'

@description('Name of the cluster.')
@minLength(1)
@maxLength(54)
param name string

@description('Region of the cluster.')
param location string

@description('Tags of the cluster.')
param tags tagsType

@description('Where its logs and metrics go.')
param diagnosticSettings diagnosticSettingType[]

// Its roles: Network Contributor on the subnet and its route table, Managed Identity Operator on the nodes' identity.
@description('Id of the identity of the control plane.')
param controlPlaneIdentityResourceId string

@description('Id of the identity of the nodes: what pulls images.')
param kubeletIdentityResourceId string

@description('Id of the subnet of its nodes: with a default route to the firewall.')
param subnetResourceId string

@description('Addresses of its services: of no network that it reaches.')
param serviceCidr string

@description('Addresses of its pods: of no network that it reaches.')
param podCidr string

@description('Name of the resource group that the cluster makes for its nodes.')
@maxLength(80)
param nodeResourceGroupName string

@description('Object ids of the Entra groups that administer it.')
@minLength(1)
param adminGroupObjectIds string[]

@description('Availability zones of its nodes; none for any.')
param availabilityZones string[]

@description('Nodes of the system.')
param systemPool nodePoolType

@description('Nodes of the workloads: three or more, one for each replica of the inference router.')
param userPool nodePoolType

@description('Nodes of one kind.')
type nodePoolType = {
  @description('Size of each node.')
  @minLength(1)
  vmSize: string

  @description('How many nodes.')
  @minValue(1)
  @maxValue(1000)
  count: int
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Base', tier: 'Standard' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${controlPlaneIdentityResourceId}': {} }
  }
  properties: {
    dnsPrefix: name
    nodeResourceGroup: nodeResourceGroupName
    // No version: the channels move it, and a deployment must not move it back.
    autoUpgradeProfile: {
      upgradeChannel: 'stable'
      nodeOSUpgradeChannel: 'NodeImage'
    }
    enableRBAC: true
    // Machine Learning attaches with a local account: its documentation excludes clusters without.
    disableLocalAccounts: false
    aadProfile: {
      managed: true
      enableAzureRBAC: true
      adminGroupObjectIDs: adminGroupObjectIds
      tenantID: tenant().tenantId
    }
    identityProfile: {
      kubeletidentity: { resourceId: kubeletIdentityResourceId }
    }
    publicNetworkAccess: 'Disabled'
    apiServerAccessProfile: {
      enablePrivateCluster: true
      // The name of its API server is public, its address private: the cluster needs no right on the hub's zones.
      enablePrivateClusterPublicFQDN: true
      privateDNSZone: 'none'
      disableRunCommand: true
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      outboundType: 'userDefinedRouting'
      loadBalancerSku: 'standard'
      serviceCidr: serviceCidr
      dnsServiceIP: cidrHost(serviceCidr, 9)
      podCidr: podCidr
    }
    agentPoolProfiles: [
      for pool in [
        { name: 'system', mode: 'System', taints: ['CriticalAddonsOnly=true:NoSchedule'], nodes: systemPool }
        { name: 'user', mode: 'User', taints: [], nodes: userPool }
      ]: {
        name: pool.name
        mode: pool.mode
        nodeTaints: pool.taints
        count: pool.nodes.count
        vmSize: pool.nodes.vmSize
        type: 'VirtualMachineScaleSets'
        osType: 'Linux'
        vnetSubnetID: subnetResourceId
        availabilityZones: availabilityZones
        enableNodePublicIP: false
        tags: tags
        securityProfile: { sshAccess: 'Disabled' }
      }
    ]
    addonProfiles: { azurepolicy: { enabled: true } }
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for setting in diagnosticSettings: {
    scope: cluster
    name: setting.name
    properties: {
      workspaceId: setting.workspaceResourceId
      logs: [{ categoryGroup: 'allLogs', enabled: true }]
      metrics: [{ category: 'AllMetrics', enabled: true }]
    }
  }
]

@description('Id of the cluster.')
output resourceId string = cluster.id
