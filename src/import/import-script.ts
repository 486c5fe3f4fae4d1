/** A bash script: its statements by the grammar, its remarks as prose, its questions as variables. */

import { readSimpleCommands, type SimpleCommand } from '../parse/simple-commands.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { shellMessage } from '../parse/library-messages.ts'
import { escapeProse } from './escape-text.ts'
import { messages } from './messages.ts'
import { type Draft, DraftWriter } from './page-draft.ts'

interface Asked {
  readonly name: string
  readonly ask: string
  readonly secret: boolean
  /** The value of an argument that may be missing. */
  readonly default?: string
}

export function importScript(title: string, source: string): Draft {
  const text = source.replace(/^#!.*\n?/, '')
  const { commands, problem } = splitShell(text)
  const asked: Asked[] = []
  const body = new DraftWriter()
  if (problem) {
    body.remark(messages.scriptUnread(shellMessage(problem.message)), { shown: text.trimEnd() })
    body.fence('text', text.trimEnd())
    return withHead(title, asked, body.draft)
  }
  let at = 0
  let block: string[] = []
  const flush = () => {
    if (block.length > 0) body.fence('bash', block.join('\n'))
    block = []
  }
  for (const { start, end } of commands) {
    const gap = text.slice(at, start)
    if (/\n\s*\n|#/.test(gap)) flush()
    writeRemarks(body, gap)
    at = end
    const statement = text.slice(start, end)
    const { commands: simple } = readSimpleCommands(statement)
    const question = questionOf(statement, simple)
    const argument = argumentOf(statement)
    if (question) {
      flush()
      body.remark(messages.askedVariable(question.name), { shown: statement })
      asked.push(question)
    } else if (argument) {
      flush()
      body.remark(messages.argumentVariable(argument.name), { shown: statement })
      asked.push(argument)
    } else if (isArgumentCheck(statement)) {
      flush()
      body.remark(messages.argumentCheckDropped, { shown: statement })
    } else if (isErrorOption(simple)) {
      flush()
      body.remark(messages.optionDropped(statement), { help: messages.stepsStop, shown: statement })
    } else if (/^exit(?: 0)?\s*(?:#.*)?$/.test(statement) && text.slice(end).trim() === '') {
      flush()
      body.remark(messages.exitDropped, { shown: statement })
    } else {
      if (/\$0|BASH_SOURCE/.test(statement)) {
        flush()
        body.remark(messages.ownPath)
      }
      block.push(statement)
    }
  }
  flush()
  writeRemarks(body, text.slice(at))
  return withHead(title, asked, body.draft)
}

/** `NAME="$1"`, also with a default or a complaint: `NAME=${1:-x}`, `NAME=${1:?usage}`. */
function argumentOf(statement: string): Asked | undefined {
  const [whole, name = '', number = '', kind, text = ''] =
    /^(?:export +|readonly +|declare +)?([A-Za-z_]\w*)="?\$(?:(\d)|\{(?:\d+)(?:(:?[-?])([^}"$`]*))?\})"?\s*(?:#.*)?$/.exec(
      statement,
    ) ?? []
  if (whole === undefined) return undefined
  const at = number === '' ? (/\$\{(\d+)/.exec(statement)?.[1] ?? '') : number
  if (at === '0') return undefined
  const own = kind?.endsWith('-') === true && text !== '' ? { default: text } : {}
  const secret = /passw|secret|token/i.test(name) && !('default' in own)
  return { name, ask: `$${at}`, secret, ...own }
}

/** A usage message where arguments are missing: a page has variables for them. */
function isArgumentCheck(statement: string): boolean {
  return (
    /^(?:if \[{1,2} +"?(?:\$#|\$\{#\})|\[{1,2} +"?\$#[^\]]*\]{1,2} *(?:\|\||&&)|if +\(\( *\$?# )/.test(
      statement,
    ) && /\bexit\b|\busage\b/.test(statement)
  )
}

function questionOf(statement: string, simple: readonly SimpleCommand[]): Asked | undefined {
  const [command] = simple
  if (
    !command ||
    simple.length !== 1 ||
    command.name.value !== 'read' ||
    command.isFed ||
    command.isNested
  )
    return undefined
  if (/[;&|]/.test(statement)) return undefined
  const words = command.args.map(({ value }) => value)
  const at = words.findIndex((word) => /^-[A-Za-z]*p$/.test(word))
  const name = words.at(-1) ?? ''
  if (at === -1 || !/^[A-Za-z_]\w*$/.test(name) || at + 1 >= words.length - 1) return undefined
  const ask = (words[at + 1] ?? '').replace(/[\s:：]+$/, '')
  return {
    name,
    ask: ask === '' ? name : ask,
    secret: words.some((word) => /^-[a-z]*s/.test(word)),
  }
}

function isErrorOption(simple: readonly SimpleCommand[]): boolean {
  const [command] = simple
  if (!command || simple.length !== 1 || command.name.value !== 'set') return false
  const words = command.args.map(({ value }) => value)
  return words.every((word) => /^-[eux]*o?$|^(?:pipefail|errexit|nounset|xtrace)$/.test(word))
}

/** Lines of remarks, a paragraph for each run of them; what a banner encloses is a heading. */
function writeRemarks(body: DraftWriter, gap: string): void {
  let paragraph: string[] = []
  let isBanner = false
  const flush = () => {
    const text = paragraph.join('\n')
    if (text !== '') body.block(isBanner && paragraph.length === 1 ? `## ${text}` : text)
    paragraph = []
  }
  for (const line of gap.split('\n')) {
    const [, words] = /^\s*#+ ?(.*)$/.exec(line) ?? []
    if (words === undefined || words.startsWith('shellcheck ')) {
      flush()
      isBanner = false
      continue
    }
    const plain = words.trim().replaceAll(/^[-=*#~_]{2,}\s*|\s*[-=*#~_]{2,}$/g, '')
    const isRule = plain === ''
    if (isRule || plain !== words.trim()) {
      if (isRule) flush()
      isBanner = !isRule || paragraph.length === 0
      if (isRule) continue
    }
    paragraph.push(escapeProse(plain))
  }
  flush()
}

function withHead(title: string, asked: readonly Asked[], { text, remarks }: Draft): Draft {
  const unique = [...new Map(asked.map((each) => [each.name, each])).values()]
  const vars = unique.map(
    ({ name, ask, secret, default: own }) =>
      `  ${name}: { ${secret ? 'secret: true, ' : ''}${own === undefined ? '' : `default: ${JSON.stringify(own)}, `}ask: ${JSON.stringify(ask)} }`,
  )
  const matter = vars.length === 0 ? '' : `---\nvars:\n${vars.join('\n')}\n---\n\n`
  const head = `${matter}# ${escapeProse(title)}\n\n`
  return {
    text: head + text,
    remarks: remarks.map((remark) => ({ ...remark, offset: remark.offset + head.length })),
  }
}
