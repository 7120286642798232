# What ./run prints once all services are healthy. Sourced by ./run.

# "<auth>, data in <folder>" as the service itself reported it at its start.
start_report() { sed -n 's/.* starts: //p' "$logs/$1.log" | head -n 1; }

needs_token() { case $(start_report "$1") in bearer*) return 0 ;; *) return 1 ;; esac; }

url_of() { echo "http://$(address | sed 's/^127\.0\.0\.1$/localhost/; s/.*:.*/[&]/'):$(port_of "$1")/mcp"; }

# mcp-remote takes plain HTTP for this machine only, unless told otherwise.
http_flag() { case $(url_of "$1") in http://localhost:*) ;; *) echo ', "--allow-http"' ;; esac; }

# Joins the lines of standard input with ",\n".
comma_separated() { sed '$!s/$/,/'; }

describe() {
  local service
  echo
  for service in $services; do
    printf '%-14s %-32s %s\n' "$service-mcp" "$(url_of "$service")" "$(start_report "$service")"
  done
  echo
  echo "Claude Code:"
  for service in $services; do
    if needs_token "$service"; then
      echo "  claude mcp add --transport http $service $(url_of "$service") --header \"Authorization: Bearer <token>\""
    else
      echo "  claude mcp add --transport http $service $(url_of "$service")"
    fi
  done
  echo
  echo "Claude Desktop (claude_desktop_config.json):"
  echo '  { "mcpServers": {'
  for service in $services; do
    if needs_token "$service"; then
      echo "    \"$service\": { \"command\": \"npx\", \"args\": [\"-y\", \"mcp-remote\", \"$(url_of "$service")\"$(http_flag "$service"), \"--header\", \"Authorization:\${AUTH}\"], \"env\": { \"AUTH\": \"Bearer <token>\" } }"
    else
      echo "    \"$service\": { \"command\": \"npx\", \"args\": [\"-y\", \"mcp-remote\", \"$(url_of "$service")\"$(http_flag "$service")] }"
    fi
  done | comma_separated
  echo '  } }'
  echo
  echo "VS Code (.vscode/mcp.json):"
  echo '  { "servers": {'
  for service in $services; do
    if needs_token "$service"; then
      echo "    \"$service\": { \"type\": \"http\", \"url\": \"$(url_of "$service")\", \"headers\": { \"Authorization\": \"Bearer <token>\" } }"
    else
      echo "    \"$service\": { \"type\": \"http\", \"url\": \"$(url_of "$service")\" }"
    fi
  done | comma_separated
  echo '  } }'
  echo
  echo "n8n (paste onto the canvas; MCP Client Tool nodes):"
  echo '  { "nodes": ['
  local auth x=0
  for service in $services; do
    auth=none
    ! needs_token "$service" || auth=bearerAuth
    echo "    { \"name\": \"$service\", \"type\": \"@n8n/n8n-nodes-langchain.mcpClientTool\", \"typeVersion\": 1.2, \"position\": [$x, 0], \"parameters\": { \"endpointUrl\": \"$(url_of "$service")\", \"serverTransport\": \"httpStreamable\", \"authentication\": \"$auth\" } }"
    x=$((x + 220))
  done | comma_separated
  echo '  ], "connections": {} }'
  echo
  [ -e "${islands:-artifacts/islands}/.built" ] ||
    echo "Built without Node.js 20 or later: the picture of the memory's graph and the views inside chats are left out. Install it and run this again."
  echo "Codex, Gemini CLI, Cursor, opencode, n8n with a token: docs/clients.md"
  echo "Logs and audit lines: $logs/<service>.log. Ctrl-C stops everything."
}
