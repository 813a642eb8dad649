// Draws the pictures of the dashboard from the figures that stand in its tables.
'use strict';

for (const place of document.querySelectorAll('[data-chart]')) {
  const asked = JSON.parse(place.dataset.chart);
  place.hidden = false;
  const chart = echarts.init(place);
  const label = { color: '#334155' };
  if (asked.across) { // long names take two lines, and never more than a third of the picture
    Object.assign(label, { width: Math.round(place.clientWidth / 3), overflow: 'break', lineHeight: 14 });
  }
  const named = { type: 'category', data: asked.labels, axisLabel: label };
  const counted = { type: 'value', minInterval: 1, axisLabel: { color: '#334155' } };
  chart.setOption({
    animation: false,
    color: ['#b45309', '#1d4f7c', '#1e7d45', '#6b7280'],
    grid: { left: 8, right: 16, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: '#334155' } },
    // Rich text: a tooltip of HTML would bring styles of its own into the page.
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
    xAxis: asked.across ? counted : named,
    yAxis: asked.across ? { ...named, inverse: true } : counted,
    series: asked.series.map((s) => ({ name: s.name, type: 'bar', data: s.values, stack: asked.stacked ? 'all' : undefined, barMaxWidth: 26 })),
  });
  addEventListener('resize', () => chart.resize());
}
