-- An ended session has no data; its row is swept when it would have expired.
update model.sessions set data = '' where token = $1
