// A PostgreSQL for the gateways: the memory of memory-mcp, and the state that instances share. Nobody has a password: the identities of the apps
// sign in with tokens of Microsoft Entra, over TLS, each to a database of its own. Roles for them are made once, by the operator: docs/deployment.md,
// "Azure".
param name string
param location string
param tags object

@description('The gateways; each has a database of this name.')
param gateways array

@description('The object id of the operator, who may make roles; nobody may where it is empty.')
param operatorId string

@description('The name that the operator signs in with, such as ada@example.org.')
param operatorName string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  // 414 connections for users. 40 instances of each of four apps take 400 at most: two for each, and two more for the memory.
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '17'
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: subscription().tenantId }
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
  }

  resource databases 'databases' = [
    for gateway in gateways: {
      name: gateway
      properties: { charset: 'UTF8', collation: 'C.utf8' }
    }
  ]

  resource encrypted 'configurations' = {
    name: 'require_secure_transport'
    properties: { value: 'on', source: 'user-override' }
  }

  // Apps on the Flex Consumption plan have no addresses of their own: 0.0.0.0 stands for the addresses of Azure. Who comes from there still needs a
  // token of one of the roles.
  resource apps 'firewallRules' = {
    name: 'azure'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource operator 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = if (!empty(operatorId) && !empty(operatorName)) {
  parent: server
  name: empty(operatorId) ? 'nobody' : operatorId
  properties: {
    principalName: operatorName
    principalType: 'User'
    tenantId: subscription().tenantId
  }
  // The server takes one change at a time.
  dependsOn: [server::databases, server::encrypted, server::apps]
}

output host string = server.properties.fullyQualifiedDomainName
