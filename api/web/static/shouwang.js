// What makes pages more comfortable; every one works without it.
'use strict';

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// On a narrow screen the menu is one line that slides: where one is, is in sight.
const current = document.querySelector('.sw-menu [aria-current]');
if (current) {
  current.parentElement.scrollLeft = current.offsetLeft - (current.parentElement.clientWidth - current.offsetWidth) / 2;
}

for (const field of document.querySelectorAll('[data-submit]')) {
  field.addEventListener('change', () => field.form.requestSubmit());
}

// On a narrow screen the cards of a file are folded, but for the one that the
// address names.
const folds = document.querySelectorAll('[data-fold]');
if (folds.length) {
  const named = () => {
    const card = location.hash && document.getElementById(location.hash.slice(1));
    const fold = card && card.querySelector('[data-fold]');
    if (fold) {
      fold.open = true;
    }
  };
  if (matchMedia('(max-width: 767px)').matches) {
    for (const fold of folds) {
      fold.open = false;
    }
  }
  named();
  window.addEventListener('hashchange', named);
}

// The replay goes on by itself, an entry every second and a half, until it is
// stopped or at its end.
const player = document.querySelector('[data-player]');
if (player) {
  const button = player.querySelector('[data-play]');
  const name = button.textContent;
  const key = 'shouwang-playing';
  const ended = player.dataset.end === 'true';
  let timer = 0;
  const stop = () => {
    clearTimeout(timer);
    sessionStorage.removeItem(key);
    button.textContent = name;
  };
  const play = () => {
    sessionStorage.setItem(key, '1');
    button.textContent = button.dataset.pause;
    timer = setTimeout(() => location.replace(player.dataset.next), 1500);
  };
  button.hidden = ended;
  if (ended) {
    sessionStorage.removeItem(key);
  } else if (sessionStorage.getItem(key)) {
    play();
  }
  button.addEventListener('click', () => (sessionStorage.getItem(key) ? stop() : play()));
}

// A page that shows what others change hears of it. It is shown anew at once
// while somebody works here and has typed nothing; otherwise it says so.
const living = document.querySelector('[data-live]');
if (living && window.EventSource) {
  const here = 5 * 60 * 1000;
  let typed = false;
  let used = Date.now();
  const use = () => { used = Date.now(); };
  for (const kind of ['pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(kind, use, { passive: true });
  }
  living.addEventListener('input', () => { typed = true; });
  new EventSource(living.dataset.live).addEventListener('change', () => {
    const field = document.activeElement && document.activeElement.matches('input, select, textarea');
    if (typed || field || living.querySelector('details[open] form') || Date.now() - used > here) {
      living.querySelector('[data-news]').hidden = false;
    } else {
      location.reload();
    }
  });
}
