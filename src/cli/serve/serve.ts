import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { type Lang, languageTags } from '../../model/message.ts'
import { messages as parseMessages } from '../../parse/messages.ts'
import { builtFile } from '../../publish/built-file.ts'
import { contentType } from '../../publish/content-type.ts'
import { packageFolder } from '../../publish/package-folder.ts'
import { portError } from '../../publish/taken-port.ts'
import { Runs } from '../../serve/runs.ts'
import type { ServedFile } from '../../serve/server.ts'
import { Terminals } from '../../serve/terminals.ts'
import { offeredHosts } from '../host/offered-hosts.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, say } from '../output.ts'
import type { Page } from '../page/pages.ts'
import { findProject, type Project } from '../project.ts'
import { readPort } from '../port-flag.ts'
import { readDurationFlag } from '../run/run-flags.ts'
import { runInteractive } from '../terminal/step-dialog.ts'
import { untilSignal } from '../until-signal.ts'
import { hostNote } from './host-note.ts'
import { keepInstance, livingInstance } from './instance.ts'
import { messages } from './messages.ts'
import { projectRuns, projectTerminals } from './project-runs.ts'
import { runArchive } from './run-archive.ts'
import { siteAddress } from './site-address.ts'
import { SiteKeeper } from './site-keeper.ts'

export const serve = new Command('serve')
  .summary('the site on this computer, with run buttons')
  .description(
    'Serves the site of the project on 127.0.0.1, with buttons that run its steps. Prints one address with a\ntoken; who has it can run pages as you. Ends when nobody has asked for a while; runs go on without it.',
  )
  .argument('[path...]', 'the page to open (default: the first)')
  .option('--host <host>', 'the host that pages run on, unless a page names its own')
  .option('--port <number>', 'the port to listen on (default: any)', readPort)
  .option('--listen <address>', 'only 127.0.0.1 or localhost')
  .option('--open', 'open the page in the browser')
  .addOption(
    new Option('--idle <duration>', 'end after this long without a request')
      .argParser(readIdle)
      .default(30 * 60_000, '30m'),
  )
  .option('--read-only', 'show runs, start none')
  .addOption(langOption)
  .action(async (paths, { host, port, listen, open, idle, readOnly, lang: flag }) => {
    refuseOtherAddress(listen)
    const project = findProject(process.cwd())
    const pages = await namedPages(paths, project)
    const lang = chooseLang({ flag, pages, project })
    const [first] = pages
    const path = first === undefined ? '' : siteAddress(join(process.cwd(), first.file), project)
    const living = await livingInstance(project.root)
    if (living) {
      say(`${messages.already(living.pid)[lang]}\n`)
      await show(living.url.replace(/\/#/, `/${path}#`), open === true, lang)
      return
    }
    const note = host === undefined ? undefined : await hostNote(host, project, lang)
    if (note !== undefined) say(`${note}\n`)
    const site = new SiteKeeper(project, flag, lang)
    await site.open()
    const { newToken, startServer } = await import('../../serve/server.ts')
    const token = newToken()
    let lastAt = Date.now()
    const isReadOnly = readOnly === true
    const runs = new Runs(projectRuns(project, { isReadOnly, lang: flag }))
    const known = offeredHosts(project)
    const hosts = host === undefined ? known : [...new Set([host, ...known])]
    const serving = await startServer({
      token,
      port: port ?? 0,
      fileOf: (asked) => {
        const file = builtFile(realpathSync(site.out), asked)
        return file === undefined ? undefined : { path: file, type: contentType(file) }
      },
      assets: assets(),
      me: () => ({ hosts, host: host ?? null, isReadOnly }),
      page: async (file) => (await pageModels()).pageModel(project, file),
      runs,
      terminals: new Terminals(projectTerminals(project, isReadOnly)),
      archive: runArchive(project, { isReadOnly, lang }),
      langTag: languageTags[lang],
      onRequest: () => {
        lastAt = Date.now()
      },
    }).catch((error: unknown) => {
      throw portError(port ?? 0, error)
    })
    const url = `http://127.0.0.1:${serving.port}/`
    const forget = await keepInstance(project.root, `${url}#token=${token}`)
    try {
      await show(`${url}${path}#token=${token}`, open === true, lang)
      void pageModels()
      const isUsed = () => serving.openStreams() > 0 || runs.hasLiving
      const why = await untilEnd(() => (isUsed() ? Date.now() : lastAt), idle)
      if (why === 'idle') say(`${messages.idle(Math.round(idle / 60_000))[lang]}\n`)
    } finally {
      forget()
      site.close()
      await serving.close()
    }
  })

/** Loads the parser, which takes as long as the rest of the start: only when a page is needed. */
async function namedPages(paths: readonly string[], project: Project): Promise<readonly Page[]> {
  if (paths.length === 0) return []
  const { readPages } = await import('../page/pages.ts')
  return readPages(paths, project).pages
}

function pageModels() {
  return import('./page-model.ts')
}

async function show(url: string, isOpened: boolean, lang: Lang): Promise<void> {
  print(`${url}\n`)
  if (isOpened)
    await runInteractive('xdg-open', [url]).catch(() => say(`${messages.open(url)[lang]}\n`))
}

/** `build.js` writes them. */
function assets(): ReadonlyMap<string, ServedFile> {
  const folder = join(packageFolder(), 'dist', 'browser')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /\.(?:js|css)$/.test(name))
  return new Map(
    files.map((name) => {
      const path = join(folder, name)
      return [`/_runbook/${name}`, { path, type: contentType(path) }]
    }),
  )
}

function refuseOtherAddress(listen: string | undefined): void {
  if (listen === undefined || ['127.0.0.1', 'localhost'].includes(listen)) return
  throw new UsageError(messages.notLoopback(listen), messages.useTunnel)
}

/** Ctrl-C, TERM, or nothing asked for a while. */
function untilEnd(lastUse: () => number, idleMs: number): Promise<'signal' | 'idle'> {
  return new Promise((resolve) => {
    untilSignal().addEventListener('abort', () => resolve('signal'), { once: true })
    const look = () => {
      const left = lastUse() + idleMs - Date.now()
      if (left <= 0) resolve('idle')
      else setTimeout(look, left).unref()
    }
    look()
  })
}

function readIdle(text: string): number {
  const ms = readDurationFlag(text)
  if (ms > 0) return ms
  throw new InvalidArgumentError(`${parseMessages.durationForm.en}.`)
}
