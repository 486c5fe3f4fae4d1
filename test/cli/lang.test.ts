/**
 * One rule for the language: `--lang`, else the `lang` of the page or of the project, else the locale,
 * else English. Each command, with each source.
 */

import { describe, expect, test } from 'vitest'
import { langOfPages } from '../../src/publish/pages-lang.ts'
import { projectWith, runCli } from './run-cli.ts'

const step = '# Page\n\n```bash {#a}\ntrue\n```\n'
const wrong = '# Page\n\n```bash {#a timout=1s}\ntrue\n```\n'

interface Sources {
  readonly flag?: 'zh' | 'en'
  readonly page?: string
  readonly project?: 'zh' | 'en'
  readonly locale?: string
}

interface CommandCase {
  readonly words: readonly string[]
  readonly page?: string
  readonly before?: readonly (readonly string[])[]
  /** Whether it reads the page before it says anything. */
  readonly readsPage?: boolean
}

const commands: Readonly<Record<string, CommandCase>> = {
  list: { words: ['list', 'a.md'], page: wrong, readsPage: true },
  lint: { words: ['lint', 'a.md'], page: wrong, readsPage: true },
  plan: { words: ['plan', 'a.md'], readsPage: true },
  exec: { words: ['exec', 'a.md'], readsPage: true },
  'exec of a page with errors': { words: ['exec', 'a.md'], page: wrong, readsPage: true },
  sync: { words: ['sync', 'a.md'], readsPage: true },
  status: { words: ['status', 'a.md'], readsPage: true },
  show: { words: ['show'], before: [['exec', 'a.md']], readsPage: true },
  report: { words: ['report'], before: [['exec', 'a.md']], readsPage: true },
  resume: { words: ['resume'], before: [['exec', 'a.md']] },
  runs: { words: ['runs'], before: [['exec', 'a.md']] },
  undo: { words: ['undo'] },
  explain: { words: ['explain', 'timeout'] },
  host: { words: ['host', 'no-such host'] },
  trust: { words: ['trust'] },
  'site preview': { words: ['site', 'preview'] },
  'a page that is not there': { words: ['exec', 'nope.md'] },
  'a wrong flag': { words: ['exec', 'a.md', '--recrod'] },
  'an unknown command': { words: ['exce'] },
}

const sources: readonly (readonly [string, Sources, 'zh' | 'en'])[] = [
  ['nothing', {}, 'en'],
  ['the locale', { locale: 'zh_CN.UTF-8' }, 'zh'],
  ['the project before the locale', { project: 'zh', locale: 'en_US.UTF-8' }, 'zh'],
  ['the project before the locale', { project: 'en', locale: 'zh_CN.UTF-8' }, 'en'],
  ['the flag before the project', { flag: 'en', project: 'zh', locale: 'zh_CN.UTF-8' }, 'en'],
  ['the flag before the project', { flag: 'zh', project: 'en' }, 'zh'],
]

const ofPages: typeof sources = [
  ['the page before the project', { page: 'zh-CN', project: 'en' }, 'zh'],
  ['the page before the locale', { page: 'en', locale: 'zh_CN.UTF-8' }, 'en'],
  ['the flag before the page', { flag: 'en', page: 'zh' }, 'en'],
  ['the project where the page is in another language', { page: 'fr', project: 'zh' }, 'zh'],
]

async function said(
  command: CommandCase,
  { flag, page, project, locale = 'C.UTF-8' }: Sources,
  onTestFinished: (clean: () => void) => void,
) {
  const matter = page === undefined ? '' : `---\nlang: ${page}\n---\n\n`
  const files = {
    'a.md': `${matter}${command.page ?? step}`,
    'runbook.yml': project === undefined ? 'title: t\n' : `title: t\nlang: ${project}\n`,
  }
  const cwd = projectWith(files, onTestFinished)
  const env = { LANG: locale, LC_ALL: locale, HOME: cwd }
  for (const words of command.before ?? []) await runCli(words, { cwd, env })
  const flags = flag === undefined ? [] : ['--lang', flag]
  const { stdout, stderr } = await runCli([...command.words, ...flags], { cwd, env })
  return stdout + stderr
}

const han = /\p{Script=Han}/u

describe.concurrent.each(Object.entries(commands))('%s', (_, command) => {
  const all = command.readsPage === true ? [...sources, ...ofPages] : sources
  test.for(all)('takes %s: %j', async ([, given, lang], { onTestFinished }) => {
    const text = await said(command, given, onTestFinished)
    expect(text).not.toBe('')
    expect({ text, isChinese: han.test(text) }).toMatchObject({ isChinese: lang === 'zh' })
  })
})

test('JSON is English unless `--lang` is given', async ({ onTestFinished }) => {
  const chinese = { project: 'zh', locale: 'zh_CN.UTF-8' } as const
  for (const words of [
    ['exec', 'a.md', '--json'],
    ['plan', 'a.md', '--json'],
    ['lint', 'a.md', '--json'],
    ['explain', 'timeout', '--json'],
  ])
    expect(await said({ words }, chinese, onTestFinished)).not.toMatch(han)
  expect(
    await said(
      { words: ['explain', 'timeout', '--json'] },
      { ...chinese, flag: 'zh' },
      onTestFinished,
    ),
  ).toMatch(han)
})

describe('a site whose project says no language', () => {
  const chinese = '# 安装\n\n在目标主机上安装数据库。\n'
  const english = '# Install\n\nInstalls the database on the host.\n'
  test.each([
    ['of pages in English', { 'a.md': english }, 'en'],
    ['of pages in Chinese', { 'a.md': chinese }, 'zh'],
    ['mostly in Chinese', { 'a.md': chinese, 'b.md': chinese, 'c.md': english }, 'zh'],
    ['that say one', { 'a.md': chinese, 'b.md': `---\nlang: en\n---\n${english}` }, 'en'],
    ['whose Chinese is in blocks', { 'a.md': `${english}\n\`\`\`text\n${chinese}\`\`\`\n` }, 'en'],
    ['without a page', { 'a.txt': chinese }, 'en'],
  ] as const)('is in the language of its pages: %s', (_, files, lang) => {
    expect(langOfPages(projectWith(files), '')).toBe(lang)
  })
})
