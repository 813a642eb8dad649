// Package demonstration invents a county and lives its case work from 1 January
// 2021 to 3 July 2023 through the real command handler, day by simulated day.
//
// Everything follows from a seed: persons, ids, days. Nobody in it exists: ID
// numbers have the area prefix 99, which no place has. The figures of the
// county's report for the first half of 2023 are not written anywhere in the
// record; they come out of the events, because plan.go says how many
// households of which size go which way, and the rest of the package makes them
// go it.
//
//	plan.go         who is included and eliminated when: the arithmetic
//	spread.go       sizes that add up
//	places.go       the county, its townships and villages; officials.go who holds office
//	families.go     invented persons; texts.go what people write
//	diary.go        which act is entered on which day, by whom
//	inclusion.go    a round of inclusion, elimination.go one of elimination
//	papers.go       the meetings, sheets and documents of a round
//	assistance.go   plans, measures, visits; incomes.go income sheets
//	outside.go      the households that were never included
//	stories*.go     D01 to D15, and what is due on 3 July 2023, told with tale.go
//	builder.go      writing all of it into the diary
//	found.go        setting the county up; load.go living it
package demonstration
