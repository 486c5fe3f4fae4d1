/** Every example of the guide is run on this computer, or read and linted where it needs a host. */

import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/cli/config/read-config.ts'
import { commands } from '../../src/cli/commands.ts'
import { findEntries, kindNamed } from '../../src/reference/entries.ts'
import { termTable } from '../../src/reference/terms.ts'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { installedPackage } from '../support/installed-package.ts'
import { chapters, examplesOf, languages } from './guide-pages.ts'

const examples = chapters.flatMap(examplesOf)
const pages = examples.filter(({ language }) => language === 'md')

function namesIn(lang: string): readonly string[] {
  return chapters.filter((chapter) => chapter.lang === lang).map(({ name }) => name)
}

/** Words of people differ. */
function examplesIn(lang: string): readonly string[] {
  return examples
    .filter(({ chapter }) => chapter.lang === lang)
    .map(({ chapter, language, word }) => `${chapter.name} ${language} ${word}`)
}

describe('the chapters of the two languages', () => {
  test('are the same, with the same examples', () => {
    expect(namesIn('zh')).toEqual(namesIn('en'))
    expect(examplesIn('zh')).toEqual(examplesIn('en'))
    expect(namesIn('en')).toHaveLength(15)
  })

  test('hold no example that nothing tests', () => {
    const known = new Set(['md', 'sh', 'yaml', 'text'])
    expect(examples.filter(({ language }) => !known.has(language))).toEqual([])
    const words = new Set(pages.map(({ word }) => word).filter((word) => !word.endsWith('.md')))
    expect([...words].toSorted()).toEqual(['', 'fails', 'lint'])
  })
})

describe.concurrent('a page of the guide', () => {
  test.for(
    pages.map((page) => [`${page.chapter.lang}/${page.chapter.name}:${page.line}`, page] as const),
  )('%s', async ([, { text, word, chapter }], { onTestFinished }) => {
    const cwd = projectWith({ 'page.md': text }, onTestFinished)
    const linted = await runCli(['lint', 'page.md', '--json'], { cwd })
    expect(JSON.parse(linted.stdout).diagnostics).toEqual([])
    // The ten minutes run theirs.
    if (word === 'lint' || chapter.name.startsWith('01-')) return
    const { code, stdout } = await runCli(['exec', 'page.md', '--yes'], { cwd })
    expect({ code, stdout }).toEqual({ code: word === 'fails' ? 1 : 0, stdout })
  })
})

test.each(examples.filter(({ language }) => language === 'yaml'))(
  'the configuration in $chapter.name:$line is one',
  ({ text }) => {
    expect(() => readConfig('runbook.yml', text, 'project')).not.toThrow()
  },
)

/** What is typed in the guide is what the program takes. */
describe('a command of the guide', () => {
  const typed = examples
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => /^npx runbook ([^|]*)/.exec(line)?.[1]?.trim() ?? [])
  test.each([...new Set(typed)])('runbook %s has flags that there are', async (line) => {
    const words = line.split(/\s+/)
    const names = words[0] === 'site' ? words.slice(0, 2) : words.slice(0, 1)
    const { stdout } = await runCli([...names, '--help'], { cwd: projectWith({}) })
    for (const word of words.filter((each) => each.startsWith('--')))
      expect(stdout).toContain(word.replace(/=.*/, ''))
  })
})

describe.each(languages)('the ten minutes, in %s', (lang) => {
  const installed = installedPackage()
  afterAll(() => installed.remove())

  test('lead from nothing to a verified page and its site', async () => {
    const chapter = chapters.find((each) => each.lang === lang && each.name.startsWith('01-'))
    if (!chapter) throw new Error('the first chapter is gone')
    const cwd = installed.folder
    const bin = join(cwd, 'node_modules', '.bin')
    const env = {
      ...process.env,
      CI: '',
      LANG: 'C.UTF-8',
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
    }
    let said = ''
    for (const { language, word, text } of examplesOf(chapter)) {
      if (language === 'md') {
        mkdirSync(dirname(join(cwd, word)), { recursive: true })
        writeFileSync(join(cwd, word), text)
      } else {
        const script = text.replaceAll('npx runbook init', `npx runbook init --lang ${lang}`)
        const args = ['-e', '-c', script]
        said += (await promisify(execFile)('bash', args, { cwd, env })).stdout
      }
    }
    expect(said).toContain('exit 1')
    const page = readFileSync(join(cwd, 'runbook/disk.md'), 'utf8')
    expect(page).toContain('```output\n/\n```')
    expect(page).toContain('<:\\d{4}>')
    const site = said.trimEnd().split('\n').at(-1) ?? ''
    const html = readFileSync(join(site, 'disk.html'), 'utf8')
    expect(html.match(/data-runbook-state="verified"/g)).toHaveLength(2)
  })
})

/** `timeout=`, `lang:`, `verified`, `<...>`: what stands in the prose as a word of the language. */
describe('a word of the guide', () => {
  const prose = chapters
    .map(({ text }) => text.replaceAll(/^(`{3,4})[\s\S]*?^\1$/gm, ''))
    .join('\n')
  const inCode = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word)
  const words = inCode.filter((word) => /^(?:[a-z][a-z-]*[=:]?|<[^>]*>|\.\.\.)$/.test(word))
  const topics =
    'holes prompts commands fences dialogs files checks variables secrets roles hosts variants failures records publishing ci runbook.yml'
  /** Programs and commands, of which `--help` speaks, and values of attributes and flags. */
  const others = new Set([...Object.keys(commands), 'exec', 'podman'])
  const asked = [...new Set([...words, ...topics.split(' ')])].filter((word) => !others.has(word))

  test('there are many', () => expect(asked.length).toBeGreaterThan(70))

  test.each(asked)('%s is explained', (word) => {
    const isList = kindNamed(word) !== undefined
    for (const lang of languages) expect(isList || findEntries(word, lang).length > 0).toBe(true)
  })
})

test('every chapter that a word names is there', () => {
  const names = new Set(chapters.map(({ name }) => name.replace('.md', '')))
  expect(Object.values(termTable).filter(({ chapter }) => !names.has(chapter))).toEqual([])
})
