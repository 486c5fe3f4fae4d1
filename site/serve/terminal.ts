/** A terminal on the page. Loaded when one is first needed. */

import { Terminal } from '@xterm/xterm'

export interface PageTerminal {
  write(data: string | Uint8Array): void
  focus(): void
  dispose(): void
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** The size that fits into the width of an element of the page. */
export function fittingSize(container: HTMLElement): TerminalSize {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `${fontSize}px ${fontFamily()}`
  const width = context?.measureText('m').width ?? 8
  const columns = Math.floor((container.clientWidth - 24) / width)
  return { columns: Math.max(20, Math.min(200, columns)), rows: 20 }
}

const fontSize = 13

/** @param onInput - Receives what is typed. */
export function openTerminal(
  container: HTMLElement,
  { columns, rows }: TerminalSize,
  onInput: (text: string) => void,
): PageTerminal {
  const style = getComputedStyle(container)
  const terminal = new Terminal({
    cols: columns,
    rows,
    fontSize,
    fontFamily: fontFamily(),
    screenReaderMode: true,
    // What a host prints may set no title and open no link.
    linkHandler: { activate: () => {} },
    theme: {
      background: style.getPropertyValue('--rb-bg').trim(),
      foreground: style.getPropertyValue('--rb-ink').trim(),
      cursor: style.getPropertyValue('--rb-ink').trim(),
      selectionBackground: style.getPropertyValue('--rb-line').trim(),
    },
  })
  terminal.open(container)
  terminal.onData(onInput)
  return terminal
}

function fontFamily(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--vp-font-family-mono')
}
