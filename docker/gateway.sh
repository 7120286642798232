#!/bin/sh
# What a gateway container starts. It execs, so that the host is PID 1 and gets SIGTERM itself.
set -eu
case "${GATEWAY_HOST}" in
  functions)
    # The Functions host knows nothing of PORT.
    export ASPNETCORE_URLS="http://+:${PORT}"
    exec /azure-functions-host/Microsoft.Azure.WebJobs.Script.WebHost
    ;;
  kestrel)
    # The base images set it for a host that takes its port from there.
    unset ASPNETCORE_URLS ASPNETCORE_HTTP_PORTS
    exec dotnet "/home/site/wwwroot/${GATEWAY_SERVICE}.dll"
    ;;
  *)
    echo "GATEWAY_HOST='${GATEWAY_HOST}' is neither 'functions' nor 'kestrel'." >&2
    exit 1
    ;;
esac
