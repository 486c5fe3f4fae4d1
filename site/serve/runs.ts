/** The pages of runs: all of them, one (`?run=ID`), or two beside each other (`&with=ID`). */

import './runs.css'
import { Api, ApiError, takeToken } from './api.ts'
import { followAppearance } from './appearance.ts'
import { comparePage } from './compare-page.ts'
import { element } from './elements.ts'
import { runsHref } from './run-links.ts'
import { RunPage } from './run-page.ts'
import { RunsList } from './runs-list.ts'
import { documentLang, runsWords as words } from './runs-words.ts'

const retryMs = 1000
const lang = documentLang()
const notice = element('p', { class: 'rb-notice', role: 'alert' })

function topBar(): HTMLElement {
  return element(
    'nav',
    { class: 'rb-top-bar', 'aria-label': words.runs[lang] },
    element('a', { href: '/' }, words.pages[lang]),
    element('a', { href: runsHref }, words.runs[lang]),
  )
}

/** Follows until it is over, and again after a lost connection. A hidden tab follows nothing. */
async function keepFollowing(
  follow: (signal: AbortSignal) => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const stop = new AbortController()
    const leave = () => {
      if (document.hidden) stop.abort()
    }
    document.addEventListener('visibilitychange', leave)
    try {
      notice.textContent = ''
      await follow(stop.signal)
    } catch (error) {
      const text = error instanceof ApiError ? error.message : words.lostLink[lang]
      if (!stop.signal.aborted) notice.textContent = text
    } finally {
      document.removeEventListener('visibilitychange', leave)
    }
    if (!isOver()) await new Promise((next) => setTimeout(next, retryMs))
    while (document.hidden)
      await new Promise((next) =>
        document.addEventListener('visibilitychange', next, { once: true }),
      )
  }
}

async function show(api: Api): Promise<void> {
  const query = new URLSearchParams(location.search)
  const run = query.get('run')
  const other = query.get('with')
  document.title = words.runs[lang]
  if (run === null) {
    const list = new RunsList(lang)
    document.body.append(list.element)
    await keepFollowing(
      (signal) => list.follow(api, signal),
      () => false,
    )
  } else if (other === null) {
    const page = new RunPage(api, run, await api.me(), lang)
    document.body.append(page.element)
    await keepFollowing(
      (signal) => page.follow(signal),
      () => page.isOver,
    )
  } else document.body.append(await comparePage(api, [run, other], lang))
}

followAppearance()
// Opening a new server's address in a tab of the old server changes only the fragment.
addEventListener('hashchange', () => {
  if (!location.hash.includes('token=')) return
  takeToken()
  location.reload()
})
const token = takeToken()
document.body.append(topBar(), notice)
if (token === undefined) notice.textContent = words.noToken[lang]
else
  await show(new Api(token)).catch((error: unknown) => {
    notice.textContent = error instanceof Error ? error.message : String(error)
  })
