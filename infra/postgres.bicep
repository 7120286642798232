// A PostgreSQL for n8n (DB_TYPE=postgresdb), made where main.bicep is told so; no gateway uses it (theirs: database.bicep). The password is a parameter that is asked
// for and stored nowhere but there. Encrypted connections alone, from the addresses named.
param name string
param location string
param tags object
param databaseName string
param administrator string

@secure()
param password string

param allowedAddresses array

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '17'
    administratorLogin: administrator
    administratorLoginPassword: password
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
  }

  resource database 'databases' = {
    name: databaseName
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }

  resource encrypted 'configurations' = {
    name: 'require_secure_transport'
    properties: { value: 'on', source: 'user-override' }
  }
}

@batchSize(1)
resource allowed 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = [
  for (address, i) in allowedAddresses: {
    parent: server
    name: 'allowed-${i}'
    properties: { startIpAddress: address, endIpAddress: address }
  }
]

output host string = server.properties.fullyQualifiedDomainName
