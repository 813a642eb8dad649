#!/bin/sh
# kurrent-access.sh makes the user shouwang and sets the default access list:
# it may read and append, and only administrators may delete streams or change
# their metadata. Run again it changes nothing. Not yet run against a real
# KurrentDB.
set -eu

at=${KURRENT_HTTP:-https://kurrent1:2113}
ask() {
	curl --silent --show-error --fail-with-body --location-trusted --cacert /certificates/ca/ca.crt \
		--user "admin:$KURRENT_ADMIN_PASSWORD" "$@"
}

if ! ask "$at/users/shouwang" >/dev/null 2>&1; then
	ask --request POST --header 'Content-Type: application/json' "$at/users/" --data-binary @- <<JSON
{"loginName": "shouwang", "fullName": "Shouwang", "groups": [], "password": "$KURRENT_PASSWORD"}
JSON
fi

# The default list of users' streams.
ask --request POST --header 'Content-Type: application/json' --header 'ES-EventType: update-default-acl' \
	--header 'ES-EventId: 5b8d1f3e-6f7c-4f0e-9c59-6a1f0c2d7e01' "$at/streams/%24settings" --data-binary @- <<'JSON'
{"$userStreamAcl": {"$r": ["shouwang", "$admins"], "$w": ["shouwang", "$admins"], "$d": "$admins", "$mr": ["shouwang", "$admins"], "$mw": "$admins"},
 "$systemStreamAcl": {"$r": "$admins", "$w": "$admins", "$d": "$admins", "$mr": "$admins", "$mw": "$admins"}}
JSON

# Who follows everything must be allowed to read everything.
ask --request POST --header 'Content-Type: application/json' --header 'ES-EventType: $metadata' \
	--header 'ES-EventId: 5b8d1f3e-6f7c-4f0e-9c59-6a1f0c2d7e02' "$at/streams/%24all/metadata" --data-binary @- <<'JSON'
{"$acl": {"$r": ["shouwang", "$admins"]}}
JSON
