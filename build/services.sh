# Reads the file `services`. Sourced by ./run and docker/gateways.sh. Works with the bash 3.2 of macOS.
# shellcheck shell=bash

services_file=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/services

# The names of all services, one on each line.
all_services() { awk '!/^#/ && NF { print $1 }' "$services_file"; }

# is_service NAME
is_service() { all_services | grep -qxF -e "$1"; }

# service_field NAME NUMBER: 2 is its project, 3 its port, 4 the setting of its upstream token or "-", 5 a tool that reads or "-", 6 its
# arguments.
service_field() { awk -v name="$1" -v field="$2" '!/^#/ && $1 == name { print $field }' "$services_file"; }

# explain CODE: what the script in $here is for and how it is called, which is the comment at its beginning; then ends it.
explain() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$here/$(basename "$0")"; exit "$1"; }
