select data from model.sessions where token = $1 and expires_at > $2 and data <> ''
