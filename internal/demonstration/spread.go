package demonstration

// spread returns n whole numbers between low and high that add up to total and
// lie about their mean as sizes of families do.
func spread(n, total, low, high int) []int {
	if n == 0 {
		return nil
	}
	parts := make([]int, n)
	for i := range parts {
		parts[i] = total / n
		if i < total%n {
			parts[i]++
		}
	}
	// Pairs move apart by the same step, so the sum stays.
	away := []int{0, 1, 0, 2, 1, 0, 1, 3, 0, 1}
	for i := 0; i+1 < n; i += 2 {
		j := n - 1 - i/2
		if j <= i/2 {
			break
		}
		step := away[(i/2)%len(away)]
		for step > 0 && (parts[i/2]+step > high || parts[j]-step < low) {
			step--
		}
		parts[i/2] += step
		parts[j] -= step
	}
	return parts
}
