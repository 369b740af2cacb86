metadata description = 'Role of one identity on the data lake of a zone, limited by a condition.'

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

@description('Condition on accounts, containers, paths and time, as Azure\'s attribute-based access control has it.')
@minLength(1)
@maxLength(8192)
param condition string

// At the resource group, not at the account: the lock of an account would keep grants from being taken back.
resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, principalId, roleDefinitionId, condition)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleDefinitionId)
    description: purpose
    condition: condition
    conditionVersion: '2.0'
  }
}

@description('Id of the role assignment.')
output resourceId string = role.id
