metadata description = 'Exemptions of a subscription from policies, as the estate\'s files have them.'

targetScope = 'subscription'

@description('An exemption.')
type exemptionType = {
  @description('Its name, unique in the subscription.')
  @maxLength(64)
  name: string

  @description('What it says; {subscription} in an id stands for the subscription that it is deployed to.')
  properties: resourceInput<'Microsoft.Authorization/policyExemptions@2026-01-01-preview'>.properties

  @description('What exported files say besides: id and type.')
  *: string
}

@description('The exemptions.')
@minLength(1)
@maxLength(200)
param exemptions exemptionType[]

resource policies 'Microsoft.Authorization/policyExemptions@2026-01-01-preview' = [
  for exemption in exemptions: {
    name: exemption.name
    properties: {
      ...exemption.properties
      policyAssignmentId: replace(
        exemption.properties.policyAssignmentId,
        '{subscription}',
        subscription().subscriptionId
      )
    }
  }
]
