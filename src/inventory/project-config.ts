/**
 * Reads a project's ssh configuration and writes a checked copy: the author of a repository must
 * not be able to run programs, write files or open access on this computer.
 *
 * ssh gets the copy, never the file, so ssh reads exactly what was checked.
 */

import { dangers, messages } from './messages.ts'
import { clauses, listed, type Message } from '../model/message.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { nearest } from '../text/nearest.ts'
import { visibleText } from '../text/visible-text.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { HostConfigError } from './host-config-error.ts'
import { readInside } from '../project-files/read-file.ts'
import { realInside, realPath } from '../project-files/real-place.ts'
import {
  allowedKeywords,
  dangerOf,
  matchCriteria,
  type ProjectKeyword,
  projectKeyword,
} from './project-keywords.ts'
import { type ConfigLine, parseConfigLine, type Word } from './ssh-config-line.ts'

/** An ssh configuration of a project. */
export interface ProjectSshConfig {
  readonly file: string
  /** The project's folder; no path of the configuration may leave it. */
  readonly root: string
}

const maxBytes = 1024 * 1024

export interface CleanConfig {
  /** Our copy, in a form that every version of ssh reads alike. */
  readonly text: string
  /**
   * Paths of known_hosts files in it. `ssh -G` prints them without quotes and with tokens expanded.
   */
  readonly knownHosts: readonly string[]
}

/**
 * @param host - The host being resolved, for error messages.
 * @throws {HostConfigError} For anything not allowed, with file:line:column.
 */
export function readProjectConfig(host: string, config: ProjectSshConfig): CleanConfig {
  const lines = readLines(host, config)
  return {
    text: lines
      .map(
        ({ keyword, words }) =>
          `${keyword} ${words.map((word) => quote(keyword, word)).join(' ')}\n`,
      )
      .join(''),
    knownHosts: lines
      .filter(({ keyword }) => projectKeyword(keyword)?.isKnownHosts)
      .flatMap(({ words }) => words.map((word) => word.replaceAll('%%', '%'))),
  }
}

/** @throws {HostConfigError} As `readProjectConfig`. */
export function projectHostNames(config: ProjectSshConfig): readonly string[] {
  const names = readLines('', config).flatMap(({ keyword, words }) =>
    keyword === 'Host' ? words.filter((word) => !/[*?!]/.test(word)) : [],
  )
  return [...new Set(names)]
}

interface CleanLine {
  readonly keyword: string
  readonly words: readonly string[]
}

function readLines(host: string, config: ProjectSshConfig): readonly CleanLine[] {
  return readText(host, config)
    .split('\n')
    .flatMap((line, index) => {
      const refuse = (column: number, problem: Message): never => {
        const place = `${config.file}:${index + 1}:${column}`
        throw new HostConfigError(host, visible(messages.at(place, problem)))
      }
      const parsed = parseConfigLine(line)
      if (parsed.kind === 'blank') return []
      if (parsed.kind === 'problem') return refuse(parsed.column, parsed.message)
      return [cleanLine(parsed, { refuse, config })]
    })
}

function readText(host: string, { file, root }: ProjectSshConfig): string {
  try {
    return readInside(root, file, maxBytes).toString()
  } catch (error) {
    const help = error instanceof UsageError ? error.help : undefined
    const why = messages.projectUnread(file, reasonOf(error))
    throw new HostConfigError(host, help === undefined ? why : clauses([why, help]), {
      cause: error,
    })
  }
}

type OptionLine = Extract<ConfigLine, { kind: 'option' }>

interface LineContext {
  readonly refuse: (column: number, problem: Message) => never
  readonly config: ProjectSshConfig
}

function cleanLine({ keyword, words, rest }: OptionLine, context: LineContext): CleanLine {
  const { refuse, config } = context
  if (keyword.text.toLowerCase() === 'match') {
    return { keyword: 'Match', words: cleanMatch(words, context) }
  }
  const known = projectKeyword(keyword.text) ?? refuseKeyword(keyword, refuse)
  for (const { text, column } of words) {
    const wrong = known.check(text)
    if (wrong === undefined) continue
    const why = dangerOf(keyword.text) ?? messages.wrongWord(text, wrong)
    refuse(column, messages.refused(keyword.text, why))
  }
  if (known.isRaw && rest !== words[0]?.text) {
    refuse(words[0]?.column ?? keyword.column, messages.restOfLine(keyword.text))
  }
  const extra = known.isList ? undefined : words[1]
  if (extra) refuse(extra.column, messages.oneValue(keyword.text))
  return {
    keyword: known.name,
    words: words.map((word) => cleanWord(known, word, { refuse, config })),
  }
}

function refuseKeyword({ text, column }: Word, refuse: LineContext['refuse']): never {
  const danger = dangerOf(text)
  const meant = danger === undefined ? nearest(text, allowedKeywords()) : undefined
  const refused = messages.refused(text, danger ?? messages.notSettable)
  return refuse(column, meant === undefined ? refused : messages.meant(refused, meant))
}

/** Makes text from the file safe to print. */
function visible({ zh, en }: Message): Message {
  return { zh: visibleText(zh), en: visibleText(en) }
}

function cleanMatch(words: readonly Word[], { refuse }: LineContext): readonly string[] {
  const clean: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (!word) continue
    const [, negation = '', name = '', joined] = /^(!?)([^=]*)(?:=(.*))?$/s.exec(word.text) ?? []
    const criterion = name.toLowerCase()
    if (criterion === 'all' && joined === undefined && words.length === 1) {
      clean.push(`${negation}all`)
      continue
    }
    const pattern = matchCriteria.get(criterion)
    if (pattern === undefined) {
      const why =
        criterion === 'exec' ? dangers.runs : messages.criteria(listed([...matchCriteria.keys()]))
      return refuse(word.column, messages.refused(`Match ${name}`, why))
    }
    const value = joined === undefined ? words[++at] : { text: joined, column: word.column }
    if (!value || !pattern.test(value.text)) {
      return refuse((value ?? word).column, messages.needsPatterns(`Match ${name}`))
    }
    clean.push(`${negation}${criterion}`, value.text)
  }
  return clean
}

function cleanWord(known: ProjectKeyword, { text, column }: Word, context: LineContext): string {
  if (!known.isKnownHosts) return text
  if (text === 'none' || text === '/dev/null') return text
  const { refuse, config } = context
  const path = expandHere(text)
  if (path === undefined) {
    return refuse(column, messages.tokensHere(text))
  }
  const own = known.name === 'UserKnownHostsFile' ? ownKnownHosts(path) : undefined
  const inside = own ?? insideOrNot(config.root, path)
  if (inside !== undefined && !/["\\]/.test(inside)) return inside.replaceAll('%', '%%')
  return refuse(column, messages.keysOutside(text))
}

function insideOrNot(root: string, path: string): string | undefined {
  try {
    return realInside(root, path)
  } catch {
    return undefined
  }
}

/** The known_hosts file that ssh itself uses for the user, if `path` resolves to one. */
function ownKnownHosts(path: string): string | undefined {
  const folders = new Set([homedir(), userInfo().homedir].map((home) => join(home, '.ssh')))
  return [...folders]
    .flatMap((folder) => [join(folder, 'known_hosts'), join(folder, 'known_hosts2')])
    .find((own) => path === own || (realPath(path) ?? path) === realPath(own))
}

/** Expands tokens that are the same for every host; `undefined` if others are left. */
function expandHere(path: string): string | undefined {
  const { homedir: home, username, uid } = userInfo()
  const tokens = new Map([
    ['%', '%'],
    ['d', home],
    ['i', String(uid)],
    ['u', username],
  ])
  let isKnown = !/\$\{/.test(path)
  const filled = path.replaceAll(/%(.?)/g, (_all, letter: string) => {
    const value = tokens.get(letter)
    if (value === undefined) isKnown = false
    return value ?? ''
  })
  if (!isKnown) return undefined
  if (filled === '~' || filled.startsWith('~/')) return join(home, filled.slice(1))
  return filled.startsWith('~') ? undefined : filled
}

function quote(keyword: string, word: string): string {
  if (projectKeyword(keyword)?.isRaw) return word
  return /^[\w.:@%+/,*?!~[\]-]+$/.test(word) ? word : `"${word}"`
}
