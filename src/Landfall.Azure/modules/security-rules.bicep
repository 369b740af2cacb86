metadata description = 'Rules that services want in the security groups of their subnets.'

import { securityRuleType } from 'types.bicep'

@export()
@description('Databricks behind private endpoints: its workers among themselves, and the services that it needs.')
var databricksRules securityRuleType[] = [
  {
    name: 'workers-in'
    description: 'Workers among themselves.'
    priority: 100
    direction: 'Inbound'
    protocol: '*'
    source: 'VirtualNetwork'
    destination: 'VirtualNetwork'
    ports: ['*']
  }
  {
    name: 'workers-out'
    description: 'Workers among themselves.'
    priority: 100
    direction: 'Outbound'
    protocol: '*'
    source: 'VirtualNetwork'
    destination: 'VirtualNetwork'
    ports: ['*']
  }
  {
    name: 'metastore'
    description: 'The metastore of Databricks itself.'
    priority: 110
    direction: 'Outbound'
    protocol: 'Tcp'
    source: 'VirtualNetwork'
    destination: 'Sql'
    ports: ['3306']
  }
  {
    name: 'storage'
    description: 'Images and logs of Databricks.'
    priority: 120
    direction: 'Outbound'
    protocol: 'Tcp'
    source: 'VirtualNetwork'
    destination: 'Storage'
    ports: ['443']
  }
  {
    name: 'events'
    description: 'Logs of Databricks.'
    priority: 130
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
