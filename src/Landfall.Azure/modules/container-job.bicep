metadata description = 'Job in containers: started by hand or by a pipeline, acts as the identities that it is given.'

import { roleAssignmentType, tagsType } from 'types.bicep'

@description('Name of the job.')
@minLength(2)
@maxLength(32)
param name string

@description('Region of the job: that of its environment.')
param location string

@description('Tags of the job.')
param tags tagsType

@description('Roles of principals on the job.')
param roleAssignments roleAssignmentType[]

@description('Id of the environment that it runs in.')
param environmentResourceId string

@description('Ids of the identities that it acts as; the one that pulls its image among them.')
@minLength(1)
param userAssignedIdentityResourceIds string[]

@description('Registry of its image.')
param registry registryType

@description('Image, with a tag or, better, a digest.')
@minLength(1)
param image string

@description('Processors of a replica.')
param cpu '0.25' | '0.5' | '0.75' | '1.0' | '1.25' | '1.5' | '1.75' | '2.0' | '3.0' | '4.0'

@description('Memory of a replica: twice as many Gi as processors.')
param memory '0.5Gi' | '1.0Gi' | '1.5Gi' | '2.0Gi' | '2.5Gi' | '3.0Gi' | '3.5Gi' | '4.0Gi' | '6.0Gi' | '8.0Gi'

@description('Seconds after which a replica is stopped.')
@minValue(1)
@maxValue(86400)
param replicaTimeout int

@description('How often a failed replica is started again.')
@minValue(0)
@maxValue(10)
param replicaRetryLimit int

@description('Replicas of a run, all at once.')
@minValue(1)
@maxValue(300)
param parallelism int

@description('Environment variables of a replica: no secrets.')
param environmentVariables environmentVariableType[]

@description('Where an image comes from.')
type registryType = {
  @description('Host name of the registry.')
  @minLength(1)
  server: string

  @description('Id of the identity that pulls the image.')
  identityResourceId: string
}

@description('An environment variable.')
type environmentVariableType = {
  @description('Name of the variable.')
  @minLength(1)
  name: string

  @description('Value of the variable.')
  value: string
}

resource job 'Microsoft.App/jobs@2026-07-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: toObject(userAssignedIdentityResourceIds, id => id, id => {})
  }
  properties: {
    environmentId: environmentResourceId
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: {
        parallelism: parallelism
        replicaCompletionCount: parallelism
      }
      replicaTimeout: replicaTimeout
      replicaRetryLimit: replicaRetryLimit
      registries: [
        {
          server: registry.server
          identity: registry.identityResourceId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'main'
          image: image
          env: environmentVariables
          resources: {
            cpu: json(cpu)
            memory: memory
          }
        }
      ]
    }
  }
}

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roleAssignments: {
    scope: job
    name: guid(job.id, role.principalId, role.roleDefinitionId)
    properties: {
      principalId: role.principalId
      principalType: role.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.roleDefinitionId)
    }
  }
]

@description('Id of the job.')
output resourceId string = job.id
