// One gateway: a Flex Consumption app with an identity of its own, which alone reads its vault and its storage. No key is anywhere.
param service string
param environmentName string
param location string
param tags object
param insightsName string
param operatorId string

@description('The PostgreSQL with a database of the name of the gateway, where instances share their state; empty where each has its own.')
param databaseHost string = ''

// Names of apps, vaults and storage accounts are unique in the world.
var suffix = take(uniqueString(subscription().id, environmentName, location, service), 8)
var appName = '${service}-mcp-${suffix}'
var packages = 'packages'

// Without a password: the identity of the app signs in. Two connections for each instance, of which there may be forty.
var database = 'postgres://${appName}@${databaseHost}:5432/${service}?pool=2'
var databaseSettings = concat(
  empty(databaseHost) ? [] : [{ name: 'STATE', value: database }],
  empty(databaseHost) || service != 'memory' ? [] : [{ name: 'MEMORY_DATABASE', value: database }]
)

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var operatorRoles = {
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  certificatesOfficer: 'a4417e6f-fecd-4de8-b567-7b0420556985'
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The package of the app, the state of the host, and of OAuth the connections (tables) and the key ring (blobs).
resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'st${take(replace(service, '-', ''), 10)}${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = {
      name: packages
    }
  }
}

// The upstream token, the clients' tokens, the operator secret and the certificate of the key ring.
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${take(service, 10)}-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 7
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${appName}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  tags: union(tags, { 'azd-service-name': service })
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packages}'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      // Rate limits of callers and the sessions of MCP_SESSIONS=hybrid are each instance's own.
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        triggers: { http: { perInstanceConcurrency: 100 } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      appSettings: concat(databaseSettings, [
        { name: 'AzureWebJobsStorage__accountName', value: storage.name }
        { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
        { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD' }
        // The host passes the X-Forwarded-* headers of Azure's balancer on, and the gateway believes that nearest hop.
        { name: 'ASPNETCORE_FORWARDEDHEADERS_ENABLED', value: 'true' }
        { name: 'TRUST_DOWNSTREAM_PROXY', value: 'true' }
        // The host's own page would stand before the gateway's.
        { name: 'AzureWebJobsDisableHomepage', value: 'true' }
        { name: 'PUBLIC_URL', value: 'https://${appName}.azurewebsites.net' }
        { name: 'KEY_VAULT_URI', value: vault.properties.vaultUri }
        { name: 'OAUTH_STORE', value: 'table' }
        { name: 'OAUTH_STORAGE_ACCOUNT', value: storage.name }
      ])
    }
  }
}

resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(storage.id, app.id, role.value)
    scope: storage
    properties: {
      principalId: app.identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, app.id, secretsUser)
  scope: vault
  properties: {
    principalId: app.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource insightsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, app.id, metricsPublisher)
  scope: insights
  properties: {
    principalId: app.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

resource operatorVaultRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(operatorRoles): if (!empty(operatorId)) {
    name: guid(vault.id, operatorId, role.value)
    scope: vault
    properties: {
      principalId: operatorId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output appName string = appName
output url string = 'https://${appName}.azurewebsites.net/mcp'
output vaultName string = vault.name
