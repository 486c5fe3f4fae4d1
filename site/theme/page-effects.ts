/** Behaviour that a page's HTML lacks: jumping to `#id`, keyboard scrolling, printing. */

import { reveal } from './variant-tabs.ts'

/** Scrolls to the step in the address, and opens its tab. */
export function goToHash(): void {
  const id = decode(location.hash.slice(1))
  const element = id === '' ? null : document.getElementById(id)
  if (!element?.matches('.rb-step, .rb-manual')) return
  const shown = reveal(element)
  document.querySelector('.rb-target')?.classList.remove('rb-target')
  shown.classList.add('rb-target')
  requestAnimationFrame(() => shown.scrollIntoView())
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

let observer: ResizeObserver | undefined

/** Makes boxes with overflowing content scrollable by keyboard; others get no tab stop. */
export function watchOverflow(): void {
  observer?.disconnect()
  observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement)) continue
      const isCut =
        target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1
      if (isCut) target.tabIndex = 0
      else target.removeAttribute('tabindex')
    }
  })
  for (const box of document.querySelectorAll('.rb-code, .rb-text')) observer.observe(box)
}

/** Unfolds everything for printing. */
export function listenForPrint(): void {
  let opened: readonly HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('.rb-page details:not([open])')]
    for (const details of opened) details.open = true
  })
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false
  })
}
