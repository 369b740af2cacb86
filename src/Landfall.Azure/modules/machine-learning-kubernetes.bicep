metadata description = 'Cluster attached to a Machine Learning workspace: extension for inference and compute.'

import { tagsType } from 'types.bicep'

@description('Name of the compute in the workspace.')
@minLength(2)
@maxLength(16)
param name string

@description('Region of the workspace and the cluster.')
param location string

@description('Tags of the compute.')
param tags tagsType

@description('Name of the workspace.')
@minLength(3)
@maxLength(33)
param workspaceName string

@description('Name of the cluster: in the resource group of the workspace.')
@minLength(1)
@maxLength(54)
param clusterName string

@description('Namespace of the cluster that its deployments run in: there before the compute.')
@minLength(1)
@maxLength(63)
param namespace string

@description('Id of the identity that the compute reads images and models with.')
param userAssignedIdentityResourceId string

@description('Name of the secret in the namespace azureml with the router\'s certificate: cert.pem, key.pem.')
@minLength(1)
@maxLength(253)
param tlsSecretName string

@description('Host name in that certificate.')
@minLength(1)
@maxLength(253)
param tlsHostName string

resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' existing = {
  name: clusterName
}

resource workspace 'Microsoft.MachineLearningServices/workspaces@2026-09-01' existing = {
  name: workspaceName
}

// The settings with a dot are what the chart reads; Azure's command line writes them from the others.
resource extension 'Microsoft.KubernetesConfiguration/extensions@2025-03-01' = {
  scope: cluster
  name: 'azureml'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    extensionType: 'Microsoft.AzureML.Kubernetes'
    autoUpgradeMinorVersion: true
    releaseTrain: 'stable'
    scope: {
      cluster: {
        releaseNamespace: 'azureml'
      }
    }
    configurationSettings: {
      enableTraining: 'False'
      enableInference: 'True'
      allowInsecureConnections: 'False'
      inferenceRouterServiceType: 'LoadBalancer'
      inferenceRouterHA: 'True'
      internalLoadBalancerProvider: 'azure'
      'scoringFe.serviceType.internalLoadBalancer': 'True'
      sslSecret: tlsSecretName
      'scoringFe.sslSecret': tlsSecretName
      sslCname: tlsHostName
      clusterPurpose: 'FastProd'
      clusterId: cluster.id
      cluster_name: cluster.id
      cluster_name_friendly: clusterName
      'prometheus.prometheusSpec.externalLabels.cluster_name': cluster.id
      domain: location
      location: location
      jobSchedulerLocation: location
      'nginxIngress.enabled': 'true'
      'relayserver.enabled': 'false'
      'servicebus.enabled': 'false'
    }
  }
}

resource compute 'Microsoft.MachineLearningServices/workspaces/computes@2026-09-01' = {
  parent: workspace
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentityResourceId}': {}
    }
  }
  properties: {
    computeType: 'Kubernetes'
    resourceId: cluster.id
    computeLocation: location
    disableLocalAuth: true
    properties: {
      namespace: namespace
    }
  }
  dependsOn: [extension]
}

@description('Id of the compute.')
output resourceId string = compute.id
