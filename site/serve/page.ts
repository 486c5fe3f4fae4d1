/** Adds run buttons to the pages of the site. Only `runbook serve` loads this module. */

import './page.css'
import { Api, takeToken } from './api.ts'
import { element } from './elements.ts'
import { runsLink } from './run-links.ts'
import { RunnablePage } from './runnable-page.ts'
import { runWords } from './words.ts'

/** VitePress changes pages without a reload: sets up each page when its content element appears. */
function watchPages(api: Api): void {
  let shown:
    | { readonly root: Element; readonly page: Promise<RunnablePage | undefined> }
    | undefined
  /** Of a page without steps. */
  const plainBar = element('aside', { class: 'rb-bar' }, runsLink())
  const look = () => {
    const root = document.querySelector<HTMLElement>('[data-runbook-page]')
    if (root === (shown?.root ?? null) && (root !== null || plainBar.isConnected)) return
    void shown?.page.then((page) => page?.leave())
    shown = root ? { root, page: openPage(api, root) } : undefined
    if (root) plainBar.remove()
    else document.body.append(plainBar)
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  look()
}

async function openPage(api: Api, root: HTMLElement): Promise<RunnablePage | undefined> {
  try {
    const file = root.dataset['runbookPage'] ?? ''
    const [me, model] = await Promise.all([api.me(), api.page(file)])
    const page = new RunnablePage(api, root, model, me)
    await page.showKnown()
    return page
  } catch (error) {
    document.body.append(
      element('aside', { class: 'rb-bar' }, error instanceof Error ? error.message : String(error)),
    )
    return undefined
  }
}

/** Waits until Vue has hydrated the page; elements added earlier would break hydration. */
async function pageIsReady(): Promise<void> {
  while (!isReady()) await new Promise((next) => requestAnimationFrame(next))
}

function isReady(): boolean {
  const app = document.querySelector('#app')
  return app !== null && '__vue_app__' in app
}

// Opening a new server's address in a tab of the old server changes only the fragment.
addEventListener('hashchange', () => {
  if (!location.hash.includes('token=')) return
  takeToken()
  location.reload()
})
const token = takeToken()
await pageIsReady()
if (token === undefined)
  document.body.append(element('aside', { class: 'rb-bar' }, runWords().noToken))
else watchPages(new Api(token))
