metadata description = 'User-assigned identity: what a unit, a cluster or a gateway acts as.'

import { tagsType } from 'types.bicep'

@description('Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('Region of the identity.')
param location string

@description('Tags of the identity.')
param tags tagsType

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Id of the identity.')
output resourceId string = identity.id

@description('Object id of its principal.')
output principalId string = identity.properties.principalId

@description('Id that it signs in with.')
output clientId string = identity.properties.clientId
