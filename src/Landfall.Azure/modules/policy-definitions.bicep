metadata description = 'Policy definitions of a subscription, as the estate\'s files have them.'

targetScope = 'subscription'

@description('A policy definition.')
type definitionType = {
  @description('Its name, unique in the subscription.')
  @maxLength(64)
  name: string

  @description('What it says.')
  properties: resourceInput<'Microsoft.Authorization/policyDefinitions@2026-07-01'>.properties

  @description('What exported files say besides: id and type.')
  *: string
}

@description('The definitions.')
@minLength(1)
@maxLength(500)
param definitions definitionType[]

resource policies 'Microsoft.Authorization/policyDefinitions@2026-07-01' = [
  for definition in definitions: {
    name: definition.name
    properties: definition.properties
  }
]
