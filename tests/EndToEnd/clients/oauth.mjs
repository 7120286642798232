// What an app of the TypeScript SDK keeps, and the operator who approves it: without a browser, over the same forms.
import assert from 'node:assert/strict';

/** An OAuthClientProvider that keeps everything in memory and has its operator at hand. */
export class App {
  redirectUrl = 'http://localhost:8976/oauth/callback';
  clientMetadata = { client_name: 'End to end', redirect_uris: [this.redirectUrl], token_endpoint_auth_method: 'none' };
  approvals = 0;

  constructor(secret) {
    this.secret = secret;
  }

  state() { return 'a-state'; }
  clientInformation() { return this.client; }
  saveClientInformation(client) { this.client = client; }
  tokens() { return this.saved; }
  saveTokens(tokens) { this.saved = tokens; }
  codeVerifier() { return this.verifier; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  saveDiscoveryState(state) { this.discovered = state; }
  discoveryState() { return this.discovered; }

  async redirectToAuthorization(url) {
    this.approvals += 1;
    this.callback = await approve(url, this.secret);
    assert.equal(this.callback.searchParams.get('state'), 'a-state');
  }

  /** Makes the access token one that the server does not know. */
  spoilAccess() { this.saved = { ...this.saved, access_token: 'spoiled' }; }
}

/** Opens the consent page, allows, and says where the browser would go next. */
export async function approve(url, secret) {
  const page = await fetch(url);
  assert.equal(page.status, 200);
  const form = new URLSearchParams(new URL(url).searchParams);
  form.set('secret', secret);
  form.set('decision', 'allow');
  const answer = await fetch(new URL('/authorize', url), { method: 'POST', body: form, redirect: 'manual' });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location'));
}

/** Connects by OAuth, calls, has its access token spoiled, calls again: the refresh must go unseen. */
export async function connectAndRefresh({ app, connect, finish }) {
  await assert.rejects(() => connect(), (error) => error.name === 'UnauthorizedError' || /unauthorized/i.test(error.message));
  await finish(app.callback);
  const client = await connect();
  const first = await client.callTool({ name: 'read_graph', arguments: {} });
  const before = app.saved;
  app.spoilAccess();
  const second = await client.callTool({ name: 'read_graph', arguments: {} });
  await client.close();
  process.stdout.write(JSON.stringify({
    approvals: app.approvals,
    scope: before.scope,
    worked: !first.isError && !second.isError,
    refreshed: app.saved.refresh_token !== before.refresh_token && app.saved.access_token !== 'spoiled',
  }));
}
