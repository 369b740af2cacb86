metadata description = 'Self-hosted integration runtime of a Synapse workspace: the way to sources outside Azure.'

@description('Name of the runtime.')
@minLength(3)
@maxLength(63)
param name string

@description('What it reaches.')
@minLength(1)
@maxLength(1024)
param purpose string

@description('Name of its workspace.')
@minLength(1)
@maxLength(50)
param workspaceName string

resource workspace 'Microsoft.Synapse/workspaces@2021-06-01' existing = {
  name: workspaceName
}

// Its machines are registered by hand with a key that is read from the workspace: no deployment holds the key.
resource runtime 'Microsoft.Synapse/workspaces/integrationRuntimes@2021-06-01' = {
  parent: workspace
  name: name
  properties: {
    type: 'SelfHosted'
    description: purpose
  }
}

@description('Id of the runtime.')
output resourceId string = runtime.id
