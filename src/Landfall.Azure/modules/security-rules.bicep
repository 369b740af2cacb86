metadata description = 'Rules that services want in the security groups of their subnets.'

import { securityRuleType } from 'types.bicep'

// Databricks writes rules of these names into the groups of its subnets and takes others as a conflict.
@export()
@description('Databricks behind private endpoints: its workers among themselves, and the services that it needs.')
var databricksRules securityRuleType[] = [
  {
    name: 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-worker-inbound'
    description: 'Workers among themselves.'
    priority: 100
    direction: 'Inbound'
    protocol: '*'
    source: 'VirtualNetwork'
    destination: 'VirtualNetwork'
    ports: ['*']
  }
  {
    name: 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-worker-outbound'
    description: 'Workers among themselves.'
    priority: 101
    direction: 'Outbound'
    protocol: '*'
    source: 'VirtualNetwork'
    destination: 'VirtualNetwork'
    ports: ['*']
  }
  {
    name: 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-sql'
    description: 'The metastore of Databricks itself.'
    priority: 102
    direction: 'Outbound'
    protocol: 'Tcp'
    source: 'VirtualNetwork'
    destination: 'Sql'
    ports: ['3306']
  }
  {
    name: 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-storage'
    description: 'Images and logs of Databricks.'
    priority: 103
    direction: 'Outbound'
    protocol: 'Tcp'
    source: 'VirtualNetwork'
    destination: 'Storage'
    ports: ['443']
  }
  {
    name: 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-eventhub'
    description: 'Logs of Databricks.'
    priority: 104
    direction: 'Outbound'
    protocol: 'Tcp'
    source: 'VirtualNetwork'
    destination: 'EventHub'
    ports: ['9093']
  }
]

@export()
@description('An application gateway: the platform that manages it, and the clients that may call it.')
func gatewayRules(clients string[]) securityRuleType[] =>
  concat(
    [
      {
        name: 'platform'
        description: 'Azure manages the gateway.'
        priority: 100
        direction: 'Inbound'
        protocol: 'Tcp'
        source: 'GatewayManager'
        destination: '*'
        ports: ['65200-65535']
      }
    ],
    map(range(0, length(clients)), index => {
      name: 'client-${index}'
      description: 'Applications call the gateway.'
      priority: 200 + index
      direction: 'Inbound'
      protocol: 'Tcp'
      source: clients[index]
      destination: '*'
      ports: ['443']
    })
  )
