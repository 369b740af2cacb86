metadata description = 'Roles of the identity of a policy assignment on a subscription.'

targetScope = 'subscription'

@description('Object id of the identity.')
@minLength(36)
param principalId string

@description('GUIDs of the roles.')
@minLength(1)
param roleDefinitionIds string[]

@description('What the roles are for.')
@maxLength(1024)
param purpose string

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roleDefinitionIds: {
    name: guid(subscription().id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      description: purpose
    }
  }
]
