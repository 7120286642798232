// Conveniences: every page works without them.

for (const button of document.querySelectorAll('button[data-copy]')) {
  const name = button.getAttribute('aria-label');
  // What is seen and what is heard say the same.
  const show = text => {
    button.textContent = text;
    button.setAttribute('aria-label', name.replace('Copy', text));
  };
  button.hidden = false;
  button.addEventListener('click', async () => {
    await copy(button.parentElement.querySelector('code'));
    show('Copied');
    say('Copied');
    setTimeout(show, 2000, 'Copy');
  });
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // Plain http under another name than localhost: browsers keep the clipboard from it.
    const selection = getSelection();
    selection.selectAllChildren(code);
    document.execCommand('copy');
    selection.removeAllRanges();
  }
}

let speaker;
export function say(text) {
  if (!speaker) {
    speaker = document.createElement('p');
    speaker.className = 'hidden';
    speaker.setAttribute('role', 'status');
    document.body.append(speaker);
  }
  speaker.textContent = text;
}

// Exact times are the reader's own where there is script, and how long ago stays true while a page is open.
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
function ago(moment) {
  const seconds = (Date.now() - moment) / 1000;
  if (seconds > -45 && seconds < 45) return seconds >= 0 ? 'just now' : 'in a moment';
  const [size, unit] = units.find(([size]) => Math.abs(seconds) >= size);
  const count = Math.floor(Math.abs(seconds) / size);
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}
export function showTimes(root = document) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const moment = Date.parse(time.dateTime);
    time.title = exact.format(moment);
    if (!time.hasAttribute('data-exact')) time.textContent = ago(moment);
  }
}
showTimes();
setInterval(showTimes, 30_000, document);

// Asks once more before what cannot be undone, where the page after it would not.
document.addEventListener('submit', event => {
  const question = event.submitter?.dataset.ask;
  if (question && !confirm(question)) event.preventDefault();
});

// Follows a list: what is new comes in at its top.
const follow = document.querySelector('[data-follow]');
if (follow) {
  const button = document.querySelector('[data-follow-switch]');
  let timer;
  button.hidden = false;
  const look = async () => {
    const url = new URL(follow.dataset.follow, location.href);
    const newest = follow.querySelector('[data-id]')?.dataset.id;
    if (newest) url.searchParams.set('after', newest);
    const response = await fetch(url, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    if (!response.ok) { stop('Following has ended: load the page again.'); return }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const rows = [...page.querySelectorAll('[data-follow] [data-id]')];
    if (rows.length > 0) {
      document.querySelector('[data-follow-empty]')?.remove();
      follow.prepend(...rows);
      showTimes(follow);
      while (follow.children.length > 500) follow.lastElementChild.remove();
    }
  };
  const stop = text => {
    clearInterval(timer);
    timer = undefined;
    button.textContent = 'Follow live';
    button.setAttribute('aria-pressed', 'false');
    say(text);
  };
  button.addEventListener('click', () => {
    if (timer) { stop('Not following any more'); return }
    timer = setInterval(look, 2000);
    button.textContent = 'Following: stop';
    button.setAttribute('aria-pressed', 'true');
    say('Following');
    look();
  });
}
