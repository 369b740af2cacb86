metadata description = 'Databricks access connector: identities that workspaces and catalogues read stores with.'

import { tagsType } from 'types.bicep'

@description('Name of the connector.')
@minLength(3)
@maxLength(64)
param name string

@description('Region of the connector: that of its workspaces.')
param location string

@description('Tags of the connector.')
param tags tagsType

@description('Id of its identity: a connector takes one.')
param userAssignedIdentityResourceId string

resource connector 'Microsoft.Databricks/accessConnectors@2026-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentityResourceId}': {}
    }
  }
}

@description('Id of the connector.')
output resourceId string = connector.id
