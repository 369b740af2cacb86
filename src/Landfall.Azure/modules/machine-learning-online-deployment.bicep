metadata description = 'Deployment of an online endpoint on a cluster: one of two that traffic moves between.'

import { tagsType } from 'types.bicep'

@description('Name of the deployment.')
@minLength(3)
@maxLength(32)
param name string

@description('Region of the deployment: that of its workspace.')
param location string

@description('Tags of the deployment.')
param tags tagsType

@description('Name of the workspace.')
@minLength(3)
@maxLength(33)
param workspaceName string

@description('Name of the endpoint.')
@minLength(3)
@maxLength(32)
param endpointName string

@description('Id of the version of the environment that it runs.')
param environmentResourceId string

@description('Instance type of the cluster that its pods are placed by.')
@minLength(1)
@maxLength(63)
param instanceType string

@description('Fewest pods.')
@minValue(1)
@maxValue(100)
param minInstances int

@description('Most pods.')
@minValue(1)
@maxValue(100)
param maxInstances int

@description('Use of the processor, in percent, that it is scaled to.')
@minValue(1)
@maxValue(100)
param targetUtilizationPercentage int

@description('Most requests that a pod answers at once.')
@minValue(1)
param maxConcurrentRequestsPerInstance int

@description('Longest time of a request, as an ISO 8601 duration.')
@minLength(3)
param requestTimeout string

@description('Tells whether a pod runs.')
param livenessProbe probeType

@description('Tells whether a pod takes requests.')
param readinessProbe probeType

@description('What each pod is given.')
param containerResourceRequests containerResourcesType

@description('What each pod may use.')
param containerResourceLimits containerResourcesType

@description('Environment variables of its pods: no secrets.')
param environmentVariables { *: string }

@description('How a pod is asked; times as ISO 8601 durations.')
type probeType = {
  @description('Time before the first time.')
  @minLength(3)
  initialDelay: string

  @description('Time between two times.')
  @minLength(3)
  period: string

  @description('Longest time of an answer.')
  @minLength(3)
  timeout: string

  @description('Answers after which it is well.')
  @minValue(1)
  successThreshold: int

  @description('Failures after which it is not.')
  @minValue(1)
  failureThreshold: int
}

@description('Processor and memory, in units of Kubernetes.')
type containerResourcesType = {
  @description('Processors: 500m, 1.')
  @minLength(1)
  cpu: string

  @description('Memory: 512Mi, 2Gi.')
  @minLength(2)
  memory: string
}

resource workspace 'Microsoft.MachineLearningServices/workspaces@2026-09-01' existing = {
  name: workspaceName

  resource endpoint 'onlineEndpoints' existing = {
    name: endpointName
  }
}

resource deployment 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2026-09-01' = {
  parent: workspace::endpoint
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Default'
    capacity: minInstances
  }
  properties: {
    endpointComputeType: 'Kubernetes'
    environmentId: environmentResourceId
    environmentVariables: environmentVariables
    instanceType: instanceType
    appInsightsEnabled: true
    scaleSettings: {
      scaleType: 'TargetUtilization'
      minInstances: minInstances
      maxInstances: maxInstances
      targetUtilizationPercentage: targetUtilizationPercentage
    }
    requestSettings: {
      maxConcurrentRequestsPerInstance: maxConcurrentRequestsPerInstance
      requestTimeout: requestTimeout
    }
    livenessProbe: livenessProbe
    readinessProbe: readinessProbe
    containerResourceRequirements: {
      containerResourceRequests: containerResourceRequests
      containerResourceLimits: containerResourceLimits
    }
  }
}

@description('Id of the deployment.')
output resourceId string = deployment.id
