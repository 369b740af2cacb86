metadata description = 'One side of a peering between two networks.'

@description('Name of the network that has this side.')
@minLength(2)
@maxLength(64)
param localVirtualNetworkName string

@description('Name of the peering.')
@maxLength(80)
param name string

@description('Id of the network on the other side.')
param remoteVirtualNetworkResourceId string

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: localVirtualNetworkName
}

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2026-03-01' = {
  parent: network
  name: name
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: remoteVirtualNetworkResourceId
    }
    useRemoteGateways: false
  }
}

@description('Id of the peering.')
output resourceId string = peering.id
