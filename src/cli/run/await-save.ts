import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

/** Saves of some files, from when it is opened to when it is closed. */
export interface Saves {
  /** Resolves with the next save, which may be past already, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void>
  close(): void
}

/**
 * Watches the folders of the files, because editors replace a file instead of writing it. A save is
 * reported as an event; the caller compares the text.
 */
export function openSaves(files: readonly string[]): Saves {
  const names = new Map<string, Set<string>>()
  for (const file of files) {
    const folder = dirname(resolve(file))
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(file)))
  }
  let isSaved = false
  let wake: (() => void) | undefined
  const saved = () => {
    isSaved = true
    wake?.()
  }
  const watchers: readonly FSWatcher[] = [...names].map(([folder, own]) =>
    watch(folder, (_event, name) => {
      // Some systems do not name the file.
      if (name === null || own.has(name)) saved()
    }),
  )
  return {
    next: async (signal) => {
      if (!isSaved && !signal.aborted) {
        await new Promise<void>((done) => {
          wake = done
          signal.addEventListener('abort', () => done(), { once: true })
        })
        wake = undefined
      }
      isSaved = false
    },
    close: () => {
      for (const each of watchers) each.close()
    },
  }
}
