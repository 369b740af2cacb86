metadata description = 'Public address that stays the same.'

import { tagsType } from 'types.bicep'

@description('Name of the address.')
@maxLength(80)
param name string

@description('Region of the address.')
param location string

@description('Tags of the address.')
param tags tagsType

@description('Availability zones that it is in; none for any.')
param availabilityZones string[]

resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  zones: availabilityZones
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
  }
}

@description('Id of the address.')
output resourceId string = address.id
