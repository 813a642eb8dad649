package sealing

import "testing"

func BenchmarkSeal(b *testing.B) {
	s := realSealer(b, "household-1", 1)
	for b.Loop() {
		if _, err := s.Seal("member.id_number", "990101199001011234"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	s := realSealer(b, "household-1", 1)
	v, err := s.Seal("member.id_number", "990101199001011234")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Open("member.id_number", v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	m := testMaster(b)
	for b.Loop() {
		m.Hash("id_number", "990101199001011234")
	}
}

func BenchmarkUnwrapAndSetUp(b *testing.B) {
	m := testMaster(b)
	w := m.Wrap("p", make([]byte, keySize))
	for b.Loop() {
		secret, err := m.Unwrap("p", w)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := newKey(1, secret); err != nil {
			b.Fatal(err)
		}
	}
}
