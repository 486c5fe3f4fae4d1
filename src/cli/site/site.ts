import type { Lang } from '../../model/message.ts'
import { Command } from '@commander-js/extra-typings'
import { chooseLang, langOption } from '../lang.ts'
import { print, renderDiagnostics, say } from '../output.ts'
import { readPort } from '../port-flag.ts'
import { findProject } from '../project.ts'
import { untilSignal } from '../until-signal.ts'

const build = new Command('build')
  .summary('write the site')
  .description('Writes the site; the last line of its output is the folder.')
  .argument('[dir]', 'the project', '.')
  .option('--out <dir>', 'the folder to write')
  .addOption(langOption)
  .action(async (dir, { out, lang }) => {
    const { buildSite } = await import('../../publish/site-commands.ts')
    const project = projectIn(dir, out, lang)
    const folder = await buildSite(project)
    await nameDeadLinks(dir, lang)
    print(`${folder}\n`)
  })

const dev = new Command('dev')
  .summary('serve the site and follow edits of the pages')
  .argument('[dir]', 'the project', '.')
  .option('--port <number>', 'the port to listen on', readPort)
  .addOption(langOption)
  .action(async (dir, { port, lang }) => {
    const { devSite } = await import('../../publish/site-commands.ts')
    await devSite({ ...projectIn(dir, undefined, lang), port }, untilSignal())
  })

const preview = new Command('preview')
  .summary('serve the built site')
  .argument('[dir]', 'the project', '.')
  .option('--out <dir>', 'the folder of the built site')
  .option('--port <number>', 'the port to listen on', readPort)
  .addOption(langOption)
  .action(async (dir, { out, port, lang }) => {
    const { previewSite } = await import('../../publish/site-commands.ts')
    const signal = untilSignal()
    const served = await previewSite({ ...projectIn(dir, out, lang), port })
    say(`${served.url}\n`)
    await new Promise((done) => signal.addEventListener('abort', done, { once: true }))
    await served.close()
  })

export const site = new Command('site')
  .summary('build or serve the site of the project')
  .description('Publishes the pages of a project, with the recorded output of real hosts.')
  .addCommand(build)
  .addCommand(dev)
  .addCommand(preview)

/** The site shows the text of an image that is not there; lint says the same. */
async function nameDeadLinks(dir: string, flag: Lang | undefined): Promise<void> {
  const { readPages } = await import('../page/pages.ts')
  const { lintPages } = await import('../page/lint-pages.ts')
  const project = findProject(dir)
  const pages = readPages([], project).pages.filter(({ source }) => source.includes('!['))
  const linted = lintPages(pages, project)
  const found = linted.diagnostics.filter(({ code }) => code === 'RB0606' || code === 'RB0705')
  if (found.length === 0) return
  const sources = new Map(linted.pages.map(({ file, source }) => [file, source]))
  say(`${renderDiagnostics(found, sources, { lang: chooseLang({ flag, project }) })}\n`)
}

function projectIn(dir: string, out: string | undefined, flag: Lang | undefined) {
  const { root, pages, lang, title } = findProject(dir)
  chooseLang({ flag, project: { lang } })
  return { root, pages, out, title, lang: flag ?? lang }
}
