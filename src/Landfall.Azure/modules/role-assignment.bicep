metadata description = 'Role of one identity on everything in a resource group.'

@description('Object id of the identity.')
@minLength(36)
param principalId string

@description('GUID of the built-in role.')
@minLength(36)
@maxLength(36)
param roleDefinitionId string

@description('What the role is for.')
@maxLength(1024)
param purpose string

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, principalId, roleDefinitionId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleDefinitionId)
    description: purpose
  }
}

@description('Id of the role assignment.')
output resourceId string = role.id
