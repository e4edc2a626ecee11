'use strict';
// Charts and copy buttons. Every page works without this script: a table beside each chart has the same numbers.

(() => {
  const SIGN_IN = '/console/sign-in';
  // Polling must not keep the session of an operator who has left.
  const ATTENTION_MS = 15 * 60 * 1000;
  let lastInput = Date.now();
  for (const type of ['pointerdown', 'keydown', 'scroll']) {
    document.addEventListener(type, () => { lastInput = Date.now(); }, { passive: true, capture: true });
  }

  const utc = seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');
  const two = number => String(number).padStart(2, '0');
  const clock = date => two(date.getHours()) + ':' + two(date.getMinutes());
  const day = date => date.getFullYear() + '-' + two(date.getMonth() + 1) + '-' + two(date.getDate());

  /** A chart: the data come from the server as {unit, times, series: [{label, colour, dashed, values}]}. */
  class Chart {
    constructor(figure) {
      this.url = figure.dataset.chart;
      this.place = figure.querySelector('.plot');
      this.status = figure.querySelector('[data-chart-status]');
      this.plot = null;
      this.answer = null;
      new ResizeObserver(() => this.fit()).observe(this.place);
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
      this.load();
    }

    async load() {
      try {
        const response = await fetch(this.url, { headers: { Accept: 'application/json' }, redirect: 'manual' });
        if (response.ok) {
          this.answer = await response.json();
          this.draw();
          return this.say('');
        }
        this.say(response.type === 'opaqueredirect'
          ? 'The session has ended. Reload the page to sign in.' : 'The chart cannot be loaded now.');
      } catch {
        this.say('The server is unreachable. The chart is loaded again later.');
      }
    }

    say(text) {
      this.status.textContent = text;
      this.status.hidden = text === '';
    }

    fit() {
      if (this.plot && this.place.clientWidth > 0) {
        this.plot.setSize(this.size());
      }
    }

    size() {
      return { width: this.place.clientWidth, height: 230 };
    }

    draw() {
      if (!this.answer) {
        return;
      }
      const { times, series, unit } = this.answer;
      const data = [times, ...series.map(one => one.values)];
      const colours = getComputedStyle(document.documentElement);
      const colour = name => colours.getPropertyValue('--' + name).trim();
      const scheme = colour('text');
      if (this.plot && this.scheme === scheme && this.plot.series.length === data.length) {
        this.plot.setData(data);
        return;
      }
      if (this.plot) {
        this.plot.destroy();
      }
      this.scheme = scheme;
      const axis = { stroke: colour('quiet'), grid: { stroke: colour('chart-grid'), width: 1 }, ticks: { show: false } };
      const number = value => value === null || value === undefined
        ? '–' : value.toLocaleString('en', { maximumFractionDigits: 1 }) + (unit ? ' ' + unit : '');
      const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
      this.plot = new uPlot({
        ...this.size(),
        tzDate: utc,
        padding: [8, 12, 0, 0],
        cursor: { drag: { setScale: false } },
        legend: {
          markers: {
            dash: (plot, index) => plot.series[index].dash ? 'dashed' : 'solid',
            fill: (plot, index) => plot.series[index].dash ? 'transparent' : plot.series[index].stroke(plot, index),
          },
        },
        scales: { y: { range: (plot, least, most) => [0, most > 0 ? most * 1.1 : 1] } },
        axes: [
          {
            ...axis,
            space: 64,
            size: 32,
            values: (plot, splits) => splits.map(at => {
              const date = utc(at);
              return date.getHours() + date.getMinutes() === 0 ? day(date).slice(5) : clock(date);
            }),
          },
          { ...axis, size: 56, values: (plot, splits) => splits.map(value => short.format(value)) },
        ],
        series: [
          { label: 'Time', value: (plot, at) => at === null ? '–' : day(utc(at)) + ' ' + clock(utc(at)) },
          ...series.map(one => ({
            label: one.label,
            stroke: colour(one.colour),
            width: 1.5,
            dash: one.dashed ? [5, 4] : undefined,
            points: { show: times.length < 3 },
            value: (plot, value) => number(value),
          })),
        ],
      }, data, this.place);
    }
  }

  const charts = [];

  function refresh() {
    if (document.visibilityState === 'visible' && Date.now() - lastInput < ATTENTION_MS) {
      charts.filter(chart => chart.refreshes).forEach(chart => chart.load());
      document.body.dispatchEvent(new Event('console:refresh'));
    }
  }

  function begin() {
    for (const figure of document.querySelectorAll('[data-chart]')) {
      const chart = new Chart(figure);
      chart.refreshes = figure.hasAttribute('data-refresh');
      charts.push(chart);
    }
    const seconds = Math.max(...[...document.querySelectorAll('[data-refresh]')]
      .map(figure => Number(figure.dataset.refresh)), 0);
    if (seconds > 0) {
      setInterval(refresh, seconds * 1000);
      document.addEventListener('visibilitychange', refresh);
    }
    const said = document.createElement('p');
    said.className = 'unseen';
    said.setAttribute('role', 'status');
    document.body.append(said);
    for (const button of document.querySelectorAll('[data-copy]')) {
      button.hidden = false;
      button.addEventListener('click', () => copy(document.getElementById(button.dataset.copy), said));
    }
  }

  async function copy(source, said) {
    try {
      await navigator.clipboard.writeText(source.textContent);
      said.textContent = 'Copied';
    } catch {
      // Without TLS a browser refuses. Ctrl+C copies the selection.
      getSelection().selectAllChildren(source);
      said.textContent = 'Selected. Press Ctrl+C to copy.';
    }
    setTimeout(() => { said.textContent = ''; }, 4000);
  }

  // When the session has ended, htmx gets the sign-in page in place of a part of a page.
  document.addEventListener('htmx:beforeSwap', event => {
    if (new URL(event.detail.xhr.responseURL || location.href).pathname === SIGN_IN) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });

  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', begin);
  } else {
    begin();
  }
})();
