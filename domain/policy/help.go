package policy

import "shouwang/domain/code"

// HelpSources are where help may come from. A pack may put them in an order, each
// to be used before the next (S3.6, the three-fold guarantee 三重保障); whether
// going past one flags or blocks is the guard assistance.help-order.
var HelpSources = code.List{
	{Code: "policy", ZH: "用好用足现有政策", EN: "existing policy"},
	{Code: "society", ZH: "争取社会力量", EN: "society"},
	{Code: "relief", ZH: "实施防贫救助资金", EN: "relief fund"},
}
