delete from model.sessions where token = $1
