package api

func (s *server) owed() {}
