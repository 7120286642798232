// The view's side of MCP Apps (2026-01-26): JSON-RPC by messages to the window around this one. docs/decisions says why not by its library.

/** @typedef {{onResult: (result: object) => void, onContext?: (context: object) => void}} Heard */
export class Host {
  #number = 0;
  #waiting = new Map();
  capabilities = {};

  /** @param {Heard} heard */
  constructor(heard) {
    this.heard = heard;
    addEventListener("message", (event) => {
      if (event.source === parent && event.data?.jsonrpc === "2.0") {
        this.#hear(event.data);
      }
    });
  }

  async connect(name) {
    const { hostCapabilities, hostContext } = await this.request("ui/initialize", {
      appInfo: { name, version: "1" },
      appCapabilities: {},
      protocolVersion: "2026-01-26",
    });
    this.capabilities = hostCapabilities ?? {};
    this.#dress(hostContext ?? {});
    this.notify("ui/notifications/initialized", {});
    new ResizeObserver(() => this.notify("ui/notifications/size-changed", { height: document.body.scrollHeight })).observe(document.body);
  }

  /** Whether the host lets views call tools of their server. */
  get callsTools() {
    return this.capabilities.serverTools !== undefined;
  }

  /** @returns {Promise<object>} the tool's result, an error of the tool among them */
  callTool(name, args) {
    return this.request("tools/call", { name, arguments: args });
  }

  request(method, params) {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    // What is said holds nothing that the window around did not give: any origin may be it.
    parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  }

  #hear({ id, method, params, result, error }) {
    if (method === undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      return error ? waiting?.reject(new Error(error.message)) : waiting?.resolve(result);
    }

    if (method === "ui/notifications/tool-result") {
      this.heard.onResult(params);
    } else if (method === "ui/notifications/host-context-changed") {
      this.#dress(params);
    }

    if (id !== undefined) {
      const isKnown = method === "ping" || method === "ui/resource-teardown";
      this.#send({ id, ...(isKnown ? { result: {} } : { error: { code: -32601, message: `${method} is not known here` } }) });
    }
  }

  /** Takes on the host's colours and letters. */
  #dress({ theme, styles }) {
    const root = document.documentElement;
    if (theme) {
      root.dataset.theme = theme;
    }

    for (const [name, value] of Object.entries(styles?.variables ?? {})) {
      if (name.startsWith("--") && typeof value === "string") {
        root.style.setProperty(name, value);
      }
    }

    this.heard.onContext?.();
  }
}
