// What makes pages more comfortable; every one works without it.
'use strict';

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

for (const field of document.querySelectorAll('[data-submit]')) {
  field.addEventListener('change', () => field.form.requestSubmit());
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
