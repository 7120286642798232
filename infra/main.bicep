// The gateways as Azure Functions apps: docs/deployment.md, "Azure". azd provisions this and deploys the apps. memory-mcp has its memory in a
// PostgreSQL, which is made with it, and in which the others then keep their state.
targetScope = 'subscription'

@minLength(1)
@maxLength(20)
@description('The environment of azd; it goes into the names of the resource group and of everything in it.')
param environmentName string

@description('An Azure region with Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string

@description('The gateways to make, such as ["coda"]; empty for all. Each becomes an app, a vault and a storage account of its own.')
param gateways array = []

@description('The object id of who sets the secrets (az ad signed-in-user show --query id); empty for nobody.')
param operatorId string = ''

@description('The name that person signs in with (az ad signed-in-user show --query userPrincipalName); needed for the database of the gateways.')
param operatorName string = ''

@description('Whether to make a PostgreSQL for the gateways: memory-mcp needs one, and for the others it makes budgets, approvals and tokens hold at all instances.')
param database bool = empty(gateways) || contains(gateways, 'memory')

@description('Whether to make a PostgreSQL as well, for an n8n that runs elsewhere; no gateway uses that one.')
param postgres bool = false

@secure()
@description('The password of its administrator n8n (openssl rand -hex 32); needed with postgres=true.')
param postgresPassword string = ''

@description('The IPv4 addresses that may connect to it, such as that of the machine n8n runs on.')
param postgresAddresses array = []

// By their names, which begin the lines of the file `services`.
var services = filter(split(loadTextContent('../services'), '\n'), line => !empty(line) && !startsWith(line, '#'))
var made = empty(gateways) ? map(services, line => split(line, ' ')[0]) : gateways

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: {
    name: environmentName
    location: location
    tags: tags
  }
}

module shared 'database.bicep' = if (database) {
  scope: group
  params: {
    name: 'psql-mcp-${environmentName}-${take(uniqueString(subscription().id, environmentName, location), 8)}'
    location: location
    tags: tags
    gateways: made
    operatorId: operatorId
    operatorName: operatorName
  }
}

module apps 'gateway.bicep' = [
  for gateway in made: {
    name: 'gateway-${gateway}'
    scope: group
    params: {
      service: gateway
      environmentName: environmentName
      location: location
      tags: tags
      insightsName: monitoring.outputs.insightsName
      operatorId: operatorId
      databaseHost: shared.?outputs.host ?? ''
    }
  }
]

module n8nDatabase 'postgres.bicep' = if (postgres) {
  scope: group
  params: {
    name: 'psql-${environmentName}-${take(uniqueString(subscription().id, environmentName, location), 8)}'
    location: location
    tags: tags
    databaseName: 'n8n'
    administrator: 'n8n'
    password: postgresPassword
    allowedAddresses: postgresAddresses
  }
}

output databaseHost string = shared.?outputs.host ?? ''
output postgresHost string = n8nDatabase.?outputs.host ?? ''
output apps array = [for (gateway, i) in made: apps[i].outputs.appName]
output urls array = [for (gateway, i) in made: apps[i].outputs.url]
output vaults array = [for (gateway, i) in made: apps[i].outputs.vaultName]
