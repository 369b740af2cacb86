metadata description = 'Peerings of a network with others: its own side of each.'

@description('Name of the network that has this side.')
@minLength(2)
@maxLength(64)
param localVirtualNetworkName string

@description('The networks on the other side.')
@minLength(1)
param peerings peeringType[]

@description('One peering.')
type peeringType = {
  @description('Name of the peering.')
  @maxLength(80)
  name: string

  @description('Id of the network on the other side.')
  remoteVirtualNetworkResourceId: string
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: localVirtualNetworkName
}

// One after another: a network takes one change at a time.
@batchSize(1)
resource sides 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2026-03-01' = [
  for peering in peerings: {
    parent: network
    name: peering.name
    properties: {
      allowForwardedTraffic: true
      allowGatewayTransit: false
      allowVirtualNetworkAccess: true
      remoteVirtualNetwork: {
        id: peering.remoteVirtualNetworkResourceId
      }
      useRemoteGateways: false
    }
  }
]

@description('Ids of the peerings.')
output resourceIds string[] = [for (peering, index) in peerings: sides[index].id]
