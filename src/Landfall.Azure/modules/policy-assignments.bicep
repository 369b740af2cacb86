metadata description = 'Assignments of policies to a subscription, as the estate\'s files have them.'

targetScope = 'subscription'

@description('An assignment that changes nothing.')
type assignmentType = {
  @description('Its name, unique in the subscription.')
  @maxLength(64)
  name: string

  @description('What it says; {subscription} in an id stands for the subscription that it is deployed to.')
  properties: resourceInput<'Microsoft.Authorization/policyAssignments@2026-07-01'>.properties

  @description('What exported files say besides: id and type.')
  *: string
}

@description('The assignments.')
@minLength(1)
@maxLength(200)
param assignments assignmentType[]

resource policies 'Microsoft.Authorization/policyAssignments@2026-07-01' = [
  for assignment in assignments: {
    name: assignment.name
    properties: {
      ...assignment.properties
      policyDefinitionId: replace(
        assignment.properties.policyDefinitionId!,
        '{subscription}',
        subscription().subscriptionId
      )
    }
  }
]
