delete from model.sessions where expires_at <= $1
