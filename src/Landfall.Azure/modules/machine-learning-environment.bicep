metadata description = 'Machine Learning environment: the image that a model is served from, and its routes.'

import { tagsType } from 'types.bicep'

@description('Name of the environment.')
@minLength(1)
@maxLength(255)
param name string

@description('Version of the environment: another image needs another one.')
@minLength(1)
@maxLength(255)
param version string

@description('Tags of the environment.')
param tags tagsType

@description('Name of the workspace.')
@minLength(3)
@maxLength(33)
param workspaceName string

@description('What the environment serves.')
@minLength(1)
@maxLength(1024)
param purpose string

@description('Image in the registry of the zone, with a tag or, better, a digest.')
@minLength(1)
param image string

@description('Port that the server in the image listens on.')
@minValue(1)
@maxValue(65535)
param port int

@description('Paths that the server answers on.')
param paths pathsType

@description('Paths of a server, each with a slash in front.')
type pathsType = {
  @description('Answers requests.')
  @minLength(2)
  scoring: string

  @description('Tells that the server runs.')
  @minLength(2)
  liveness: string

  @description('Tells that the server takes requests.')
  @minLength(2)
  readiness: string
}

resource workspace 'Microsoft.MachineLearningServices/workspaces@2026-09-01' existing = {
  name: workspaceName
}

resource environment 'Microsoft.MachineLearningServices/workspaces/environments@2026-09-01' = {
  parent: workspace
  name: name
  properties: {
    description: purpose
    isArchived: false
    tags: tags
  }

  resource content 'versions' = {
    name: version
    properties: {
      description: purpose
      isAnonymous: false
      isArchived: false
      tags: tags
      osType: 'Linux'
      image: image
      inferenceConfig: {
        scoringRoute: {
          path: paths.scoring
          port: port
        }
        livenessRoute: {
          path: paths.liveness
          port: port
        }
        readinessRoute: {
          path: paths.readiness
          port: port
        }
      }
    }
  }
}

@description('Id of the version: what deployments run.')
output resourceId string = environment::content.id
