metadata description = 'Agreements: each a role of its own to read one table, given to the identity of its consumer.'

@description('The agreements.')
@minLength(1)
param agreements agreementType[]

@description('A live agreement.')
type agreementType = {
  @description('Id of the agreement.')
  @minLength(1)
  id: string

  @description('Object id of the consumer\'s identity.')
  @minLength(36)
  principalId: string

  @description('Condition on account, container, path and time.')
  @minLength(1)
  @maxLength(8192)
  condition: string
}

// Azure takes a principal, a role and a scope together once, whatever the condition: two agreements of one consumer
// need two roles. They read blobs and nothing else, where the built-in reader may also list containers.
resource definitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for agreement in agreements: {
    name: guid(resourceGroup().id, agreement.id)
    properties: {
      roleName: 'Landfall ${resourceGroup().name} ${agreement.id}'
      description: 'Agreement ${agreement.id}.'
      type: 'CustomRole'
      assignableScopes: [resourceGroup().id]
      permissions: [
        {
          actions: []
          notActions: []
          dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read']
          notDataActions: []
        }
      ]
    }
  }
]

// At the resource group, not at the account: the lock of an account would keep grants from being taken back.
resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (agreement, index) in agreements: {
    name: guid(resourceGroup().id, agreement.principalId, definitions[index].name)
    properties: {
      principalId: agreement.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', definitions[index].name)
      description: 'Agreement ${agreement.id}.'
      condition: agreement.condition
      conditionVersion: '2.0'
    }
  }
]

@description('Ids of the role assignments.')
output resourceIds string[] = [for (agreement, index) in agreements: roles[index].id]
