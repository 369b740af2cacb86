metadata description = 'Sets of policy definitions of a subscription, as the estate\'s files have them.'

targetScope = 'subscription'

@description('A set of policy definitions.')
type setType = {
  @description('Its name, unique in the subscription.')
  @maxLength(64)
  name: string

  @description('What it says; {subscription} in an id stands for the subscription that it is deployed to.')
  properties: resourceInput<'Microsoft.Authorization/policySetDefinitions@2026-07-01'>.properties

  @description('What exported files say besides: id and type.')
  *: string
}

@description('The sets.')
@minLength(1)
@maxLength(200)
param sets setType[]

resource policySets 'Microsoft.Authorization/policySetDefinitions@2026-07-01' = [
  for set in sets: {
    name: set.name
    properties: {
      ...set.properties
      policyDefinitions: map(set.properties.policyDefinitions, member => {
        ...member
        policyDefinitionId: replace(member.policyDefinitionId, '{subscription}', subscription().subscriptionId)
      })
    }
  }
]
