metadata description = 'Assignment of a policy that changes what does not comply, with the identity that does it.'

targetScope = 'subscription'

@description('An assignment with an identity.')
type assignmentType = {
  @description('Its name, unique in the subscription.')
  @maxLength(64)
  name: string

  @description('Its identity.')
  identity: {
    @description('Kind of the identity.')
    type: 'SystemAssigned'
  }

  @description('What it says; {subscription} in an id stands for the subscription that it is deployed to.')
  properties: resourceInput<'Microsoft.Authorization/policyAssignments@2026-07-01'>.properties

  @description('What exported files say besides: id and type.')
  *: string
}

@description('Region of the identity.')
param location string

@description('The assignment.')
param assignment assignmentType

@description('GUIDs of the roles that its definitions ask for.')
@minLength(1)
param roleDefinitionIds string[]

resource policy 'Microsoft.Authorization/policyAssignments@2026-07-01' = {
  name: assignment.name
  location: location
  identity: assignment.identity
  properties: {
    ...assignment.properties
    policyDefinitionId: replace(
      assignment.properties.policyDefinitionId!,
      '{subscription}',
      subscription().subscriptionId
    )
  }
}

module roles 'policy-roles.bicep' = {
  params: {
    principalId: policy.identity.principalId
    roleDefinitionIds: roleDefinitionIds
    purpose: 'The policy ${assignment.name} mends what does not comply.'
  }
}

@description('Id of the assignment.')
output resourceId string = policy.id
