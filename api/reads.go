package api

func (s *server) papers()    {}
func (s *server) registers() {}
func (s *server) histories() {}
func (s *server) owed()      {}
func (s *server) reports()   {}

type Reads struct{}
