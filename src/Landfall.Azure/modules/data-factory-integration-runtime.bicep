metadata description = 'Self-hosted runtime of a factory: a machine near a source registers with its key.'

@description('Name of the runtime.')
@minLength(3)
@maxLength(63)
param name string

@description('What the runtime is for.')
@minLength(1)
param purpose string

@description('Name of the factory.')
@minLength(3)
@maxLength(63)
param factoryName string

resource factory 'Microsoft.DataFactory/factories@2018-06-01' existing = {
  name: factoryName
}

resource runtime 'Microsoft.DataFactory/factories/integrationRuntimes@2018-06-01' = {
  parent: factory
  name: name
  properties: {
    type: 'SelfHosted'
    description: purpose
  }
}

@description('Id of the runtime.')
output resourceId string = runtime.id
