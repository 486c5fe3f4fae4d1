/** Builds a project's site, and rebuilds it when its pages or records change. */

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang } from '../../model/message.ts'
import { SiteError } from '../../publish/site-error.ts'
import { buildSite } from '../../publish/site-commands.ts'
import { defaultOut } from '../../publish/site-folder.ts'
import { say } from '../output.ts'
import type { Project } from '../project.ts'
import { messages } from './messages.ts'

const lookEveryMs = 1000

export class SiteKeeper {
  /** The folder of the built site. */
  readonly out: string
  readonly #project: Project
  readonly #siteLang: Lang | undefined
  readonly #lang: Lang
  #timer: NodeJS.Timeout | undefined
  #isBuilding = false
  /** The newest modification time that the last build covered, also if that build failed. */
  #builtMs = 0

  /** @param siteLang - Default: the language of the project or its pages. */
  constructor(project: Project, siteLang: Lang | undefined, lang: Lang) {
    this.out = defaultOut(project.root)
    this.#project = project
    this.#siteLang = siteLang
    this.#lang = lang
  }

  /** Builds the site if there is none. An existing site is served at once, and rebuilt in the background if outdated. */
  async open(): Promise<void> {
    const built = statSync(join(this.out, 'hashmap.json'), { throwIfNoEntry: false })?.mtimeMs
    if (built === undefined) {
      say(`${messages.building[this.#lang]}\n`)
      await this.#build()
    } else this.#builtMs = built
    this.#timer = setInterval(() => void this.#look(), lookEveryMs)
    this.#timer.unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isBuilding || newestIn(this.#project.pages) <= this.#builtMs) return
    try {
      await this.#build()
      say(`${messages.rebuilt[this.#lang]}\n`)
    } catch (error) {
      // The author may be in the middle of an edit: keep serving the old site.
      if (!(error instanceof SiteError)) throw error
      say(`${error.text[this.#lang]}\n`)
    }
  }

  async #build(): Promise<void> {
    const { root, pages, title, lang } = this.#project
    this.#isBuilding = true
    this.#builtMs = newestIn(pages)
    try {
      await buildSite({ root, pages, title, lang: this.#siteLang ?? lang })
    } finally {
      this.#isBuilding = false
    }
  }
}

/** The newest modification time of a folder's files, records included. */
function newestIn(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('.runbook/') && !name.includes('node_modules'))
      .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0),
  )
}
