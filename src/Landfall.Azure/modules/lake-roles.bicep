metadata description = 'Roles of identities on the data lake of their own zone, each limited by a condition.'

@description('The roles.')
@minLength(1)
param roleAssignments lakeRoleType[]

@description('A role of one identity.')
type lakeRoleType = {
  @description('Object id of the identity.')
  @minLength(36)
  principalId: string

  @description('GUID of the built-in role.')
  @minLength(36)
  @maxLength(36)
  roleDefinitionId: string

  @description('What the role is for.')
  @maxLength(1024)
  purpose: string

  @description('Condition on accounts, containers, paths and time, as Azure\'s attribute-based access control has it.')
  @minLength(1)
  @maxLength(8192)
  condition: string
}

// At the resource group, not at the account: the lock of an account would keep grants from being taken back.
resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roleAssignments: {
    name: guid(resourceGroup().id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
      description: role.purpose
      condition: role.condition
      conditionVersion: '2.0'
    }
  }
]

@description('Ids of the role assignments.')
output resourceIds string[] = [for (role, index) in roleAssignments: roles[index].id]
