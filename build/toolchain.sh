# What ./run and ./test both need to know about the machine. Sourced, never run.
# Works with the bash 3.2 of macOS: no associative arrays, no ${x,,}.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# One line, then out.
fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

require_sdk() {
  command -v dotnet >/dev/null ||
    fail "the .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and see that 'dotnet' is on the PATH."
  local said sdks
  said=$(dotnet --version 2>&1) && return
  sdks=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -) || true
  case " $sdks" in
    *' 10.'*) fail "'dotnet --version' fails: $(echo "$said" | head -1)" ;;
    *) fail "the .NET SDK is too old: global.json asks for 10.0.100 or later, this machine has ${sdks:-none}. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" ;;
  esac
}

# Whether the package feed has the Azure Functions worker (docs/decisions/0002-functions-worker-property.md): asked by a
# restore, remembered in artifacts/ until the versions or the feeds change. An environment variable FunctionsWorker wins.
find_functions_worker() {
  if [ -n "${FunctionsWorker:-}" ]; then
    echo "Functions worker: $FunctionsWorker (environment)"
    return
  fi

  local memo=artifacts/functions-worker key known='' log=artifacts/functions-worker.log
  key=$(cat Directory.Packages.props nuget.config "$HOME/.nuget/NuGet/NuGet.Config" 2>/dev/null | cksum)
  mkdir -p artifacts
  [ ! -f "$memo" ] || { read -r known && [ "$(sed -n 2p "$memo")" = "$key" ] || known=''; } <"$memo"
  if [ -n "$known" ]; then
    export FunctionsWorker=$known
  elif dotnet restore functions/Memory -p:FunctionsWorker=true --disable-build-servers >"$log" 2>&1; then
    export FunctionsWorker=true
    printf '%s\n%s\n' true "$key" >"$memo"
  else
    ! grep -q NU1004 "$log" || fail "the package lock files are out of date: renew them as CONTRIBUTING.md says (all of the output: $log)."
    export FunctionsWorker=false
    # A feed that was reached and has no such package stays known; a network that failed does not.
    ! grep -q 'NU110[123]' "$log" || printf '%s\n%s\n' false "$key" >"$memo"
  fi

  if [ "$FunctionsWorker" = true ]; then
    echo "Functions worker: compiled in, the package feed has it"
  else
    echo "Functions worker: left out, the package feed does not have it (FunctionsWorker=false; the services run on Kestrel)"
  fi
}
