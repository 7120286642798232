#!/bin/sh
# What a gateway container starts. It execs, so that the host is PID 1 and gets SIGTERM itself.
set -eu

# Other containers call it by the name compose gives it.
name=$(printf %s "${GATEWAY_SERVICE}" | tr '[:upper:]' '[:lower:]')-mcp-gateway
export ALLOWED_HOSTS="${ALLOWED_HOSTS:+${ALLOWED_HOSTS},}${name}"

# The base images set them for a program that takes its port from there, and warn when it does not.
unset ASPNETCORE_URLS ASPNETCORE_HTTP_PORTS
case "${GATEWAY_HOST}" in
  functions)
    # The Functions host knows nothing of PORT.
    export ASPNETCORE_URLS="http://+:${PORT}"
    if [ ! -x /azure-functions-host/Microsoft.Azure.WebJobs.Script.WebHost ]; then
      echo "error: this image holds no Functions host: set GATEWAY_HOST=kestrel, or take an image built for functions (a tag that ends in -functions)." >&2
      exit 1
    fi
    exec /azure-functions-host/Microsoft.Azure.WebJobs.Script.WebHost
    ;;
  kestrel)
    program=/home/site/wwwroot/${GATEWAY_SERVICE}
    # Compiled to native code it is a program by itself.
    [ -e "$program.dll" ] || exec "$program"
    exec dotnet "$program.dll"
    ;;
  *)
    echo "GATEWAY_HOST='${GATEWAY_HOST}' is neither 'functions' nor 'kestrel'." >&2
    exit 1
    ;;
esac
