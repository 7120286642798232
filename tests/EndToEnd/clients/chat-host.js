// A chat that shows views (MCP Apps), by the host's side of the extension's own library. Bundled by the spec that opens it.
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";

globalThis.openView = async (html, result, theme) => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.title = "View";
  document.body.append(frame);
  const bridge = new AppBridge(null, { name: "Chat of a spec", version: "1.0.0" }, { serverTools: {} }, { hostContext: { theme } });
  bridge.oncalltool = async (params) => JSON.parse(await globalThis.callTool(params.name, JSON.stringify(params.arguments ?? {})));
  bridge.onsizechange = ({ height }) => {
    frame.style.height = `${height}px`;
  };
  globalThis.dress = (context) => bridge.setHostContext(context);
  const isReady = new Promise((resolve) => {
    bridge.oninitialized = resolve;
  });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = html;
  await isReady;
  await bridge.sendToolInput({ arguments: {} });
  await bridge.sendToolResult(JSON.parse(result));
  return bridge.getAppVersion().name;
};
