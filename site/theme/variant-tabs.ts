/** Tabs of variants: a reader's choice applies to the whole site and is stored in this browser. */

const storageKey = 'runbook:variants'
const maxKept = 30

export function listenForTabs(): void {
  document.addEventListener('change', (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || !input.matches('.vp-code-group input')) return
    const label = labelOf(input)
    const kept = [label, ...readChoices().filter((choice) => choice !== label)].slice(0, maxKept)
    try {
      localStorage.setItem(storageKey, JSON.stringify(kept))
    } catch {
      // If storage is forbidden, the choice lasts as long as the page.
    }
    const before = input.getBoundingClientRect().top
    for (const group of groups()) showFirst(group, [label])
    // Groups above may have changed height: keep the clicked tab in place.
    window.scrollBy({ top: input.getBoundingClientRect().top - before, behavior: 'instant' })
  })
}

export function showChoices(): void {
  const choices = readChoices()
  for (const group of groups()) showFirst(group, choices)
}

/** Opens the tab with an element, unless another variant of the same step is open. */
export function reveal(element: Element): Element {
  const block = element.closest('.vp-code-group > .blocks > *')
  if (!block || block.classList.contains('active')) return element
  const group = block.closest('.vp-code-group')
  const twin = group?.querySelector('.blocks > .active')
  if (twin?.getAttribute('data-runbook-step') === element.id) return twin
  const index = [...(block.parentElement?.children ?? [])].indexOf(block)
  const input = group ? inputs(group)[index] : undefined
  if (group && input) showTab(group, input)
  return element
}

function groups(): NodeListOf<Element> {
  return document.querySelectorAll('.vp-code-group')
}

function inputs(group: Element): readonly HTMLInputElement[] {
  return [...group.querySelectorAll<HTMLInputElement>('.tabs > input')]
}

function showFirst(group: Element, choices: readonly string[]): void {
  const all = inputs(group)
  const choice = choices.find((label) => all.some((input) => labelOf(input) === label))
  const input = all.find((one) => labelOf(one) === choice)
  if (choice !== undefined && input) showTab(group, input)
}

function showTab(group: Element, chosen: HTMLInputElement): void {
  chosen.checked = true
  const blocks = group.querySelector('.blocks')?.children ?? []
  const index = inputs(group).indexOf(chosen)
  for (const [at, block] of [...blocks].entries()) block.classList.toggle('active', at === index)
}

function labelOf(input: HTMLInputElement): string {
  const label = input.nextElementSibling
  return label instanceof HTMLElement ? (label.dataset['title'] ?? '') : ''
}

function readChoices(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter((choice) => typeof choice === 'string') : []
  } catch {
    return []
  }
}
