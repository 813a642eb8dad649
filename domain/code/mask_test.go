package code

import "testing"

func TestMasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{MaskName("王小某"), "王*某"}, {MaskName("王某"), "王*"}, {MaskName("欧阳小某"), "欧**某"}, {MaskName("王"), "*"}, {MaskName(""), ""}, {MaskName("𠮷田某"), "𠮷*某"},
		{MaskID("51010119900101123X"), "5101**********123X"}, {MaskID("510101900101123"), "5101*******1123"}, {MaskID("1234"), "****"}, {MaskID(""), ""},
		{MaskPhone("13812341234"), "138****1234"}, {MaskPhone("028-1"), "*****"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
