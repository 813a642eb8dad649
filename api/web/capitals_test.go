package web

import (
	"testing"

	"shouwang/domain/code"
)

func TestAmountsInCapitals(t *testing.T) {
	t.Parallel()
	for fen, want := range map[code.Fen]string{
		0: "零元整", 5: "伍分", 50: "伍角整", 105: "壹元零伍分", 650_005: "陆仟伍佰元零伍分", 650_000: "陆仟伍佰元整", 720_010: "柒仟贰佰元壹角整",
		1_000_000: "壹万元整", 1_000_500: "壹万零伍元整", 100_350_012: "壹佰万叁仟伍佰元壹角贰分", 560_400_000: "伍佰陆拾万肆仟元整",
		10_000_000_100: "壹亿零壹元整", 1_000_000_000_000: "壹佰亿元整", 101_010_100: "壹佰零壹万零壹佰零壹元整", -45_000_00: "负肆万伍仟元整",
	} {
		if got := capitals(fen); got != want {
			t.Errorf("%d: %s, want %s", fen, got, want)
		}
	}
}
