// What somebody types into a form survives a lost connection and a closed
// browser, and is sent once: the draft keeps the form's key, by which the server
// knows it again. Every form works without this.
//
// A draft is kept on this device only, for so long as it is useful: it goes when
// the server has it, when its owner logs out or another person logs in, and
// after its time. Files and secrets are not kept, nor what is not to stay on a
// device that others use (data-undrafted).
'use strict';

(() => {
  const prefix = 'shouwang-draft:';
  const hour = 3600 * 1000;
  const lasts = { own: 72 * hour, private: 24 * hour };
  const owner = document.body.dataset.owner || '';
  const english = document.documentElement.lang === 'en';
  const say = (zh, en) => (english ? en : zh);

  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const drop = (wanted) => keys().filter((key) => wanted(read(key))).forEach((key) => localStorage.removeItem(key));

  drop((draft) => !draft.fields || Date.now() > draft.until || (owner && draft.owner && draft.owner !== owner));
  const arrived = new URLSearchParams(location.search).get('sent');
  if (arrived) {
    drop((draft) => draft.fields.key === arrived);
    const left = new URLSearchParams(location.search);
    left.delete('sent');
    history.replaceState(null, '', location.pathname + (left.size ? '?' + left : '') + location.hash);
  }
  for (const done of document.querySelectorAll('[data-draft-done]')) {
    drop((draft) => draft.fields.key === done.dataset.draftDone);
  }
  for (const leave of document.querySelectorAll('[data-draft-drop]')) {
    leave.addEventListener('click', () => drop((draft) => draft.fields.key === leave.dataset.draftDrop));
  }
  for (const out of document.querySelectorAll('form[action="/logout"]')) {
    out.addEventListener('submit', () => drop(() => true));
  }

  // Of what a form carries along unseen, a draft keeps the key by which the server
  // knows it again and what had been seen when it was opened; the rest, such as the
  // households of a list, is the page's own.
  const carried = ['key', 'seen'];

  // What a draft leaves out.
  const omitted = (e) => !e.name || ['file', 'password', 'submit', 'button'].includes(e.type) || 'undrafted' in e.dataset || (e.type === 'hidden' && !carried.includes(e.name));

  // What a field holds.
  const fieldsOf = (form) => {
    const fields = {};
    for (const e of form.elements) {
      if (e.disabled || omitted(e)) continue;
      if (e.type === 'radio' || e.type === 'checkbox') {
        fields[e.name] = fields[e.name] || [];
        if (e.checked) fields[e.name].push(e.value);
      } else {
        fields[e.name] = e.value;
      }
    }
    return fields;
  };
  const fill = (form, fields) => {
    for (const e of form.elements) {
      if (!(e.name in fields) || omitted(e)) continue;
      if (e.type === 'radio' || e.type === 'checkbox') {
        e.checked = fields[e.name].includes(e.value);
      } else {
        e.value = fields[e.name];
      }
    }
  };

  // reached asks whether the server can be reached just now.
  const reached = async () => {
    if (!navigator.onLine) return false;
    try {
      await fetch('/static/shouwang.svg?' + Date.now(), { method: 'GET', cache: 'no-store', signal: AbortSignal.timeout(8000) });
      return true;
    } catch {
      return false;
    }
  };

  for (const form of document.querySelectorAll('form[data-draft]')) {
    const at = prefix + owner + ':' + form.dataset.draft + ':' + new URL(form.action, location.href).pathname;
    const began = JSON.stringify(fieldsOf(form));
    const note = document.createElement('div');
    note.className = 'alert alert-info';
    note.setAttribute('role', 'status');
    note.hidden = true;
    form.prepend(note);
    const tell = (text) => {
      note.hidden = false;
      note.textContent = text;
    };
    const keep = (waiting) => {
      const until = Date.now() + ('draftPrivate' in form.dataset ? lasts.private : lasts.own);
      try {
        localStorage.setItem(at, JSON.stringify({ owner, until, waiting, fields: fieldsOf(form) }));
      } catch {
        // No room, or storage is forbidden here: the form works all the same.
      }
    };

    let waits = false;
    const send = async (button) => {
      if (await reached()) {
        if (button && button.name) { // which of its buttons was pressed is part of what is sent
          const pressed = document.createElement('input');
          pressed.type = 'hidden';
          pressed.name = button.name;
          pressed.value = button.value;
          form.append(pressed);
        }
        form.submit(); // what comes back says whether it was taken
        return;
      }
      waits = true;
      keep(true);
      tell(say('没有网络：已保存在本机，网络恢复后自动发送，也可以稍后再点提交。照片不保存，届时请重新选择。',
        'No connection: kept on this device and sent when there is one again. Photographs are not kept: choose them again then.'));
    };
    form.addEventListener('input', () => keep(false));
    form.addEventListener('submit', (event) => {
      if (event.submitter && event.submitter.hasAttribute('formaction')) return; // it is shown anew, not entered
      event.preventDefault();
      keep(waits);
      void send(event.submitter);
    });
    window.addEventListener('online', () => {
      if (waits && form.reportValidity()) void send();
    });

    const draft = read(at);
    if (draft.fields && draft.fields.key !== fieldsOf(form).key && JSON.stringify(draft.fields) !== began) {
      fill(form, draft.fields);
      const fold = form.closest('details');
      if (fold) fold.open = true;
      tell(say('已恢复上次没有提交的内容。', 'What you had typed and not sent is here again.'));
      const forget = document.createElement('button');
      forget.type = 'button';
      forget.className = 'btn btn-sm ms-2';
      forget.textContent = say('不要了', 'Discard');
      forget.addEventListener('click', () => {
        localStorage.removeItem(at);
        location.reload();
      });
      note.append(forget);
    }
  }
})();
