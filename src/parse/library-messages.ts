/**
 * What the parser libraries say of a text, in both languages: bash's grammar (unbash), RE2 and YAML.
 *
 * They speak English only. What is not known here keeps their words, quoted.
 */

import { catalogue, type Message } from '../model/message.ts'
import { valueOf } from '../model/named.ts'

const shell = catalogue({
  toClose: {
    en: (mark: string, opened: string) => `expected '${mark}' to close '${opened}'`,
    zh: (mark: string, opened: string) => `缺少结束 \`${opened}\` 的 \`${mark}\``,
  },
  unterminated: {
    en: (what: string) => `unterminated ${what}`,
    zh: (what: string) => `${what}没有结束`,
  },
  unexpected: {
    en: (token: string) => `unexpected token '${token}'`,
    zh: (token: string) => `意外的 \`${token}\``,
  },
  commandAfter: {
    en: (word: string) => `expected command after '${word}'`,
    zh: (word: string) => `\`${word}\` 之后缺少命令`,
  },
  expected: {
    en: (word: string) => `expected '${word}'`,
    zh: (word: string) => `缺少 \`${word}\``,
  },
  redirectTarget: { en: 'expected redirect target', zh: '重定向缺少目标' },
  documentNeverClosed: {
    en: (name: string) => `the here-document \`${name}\` is never closed`,
    zh: (name: string) => `here-document \`${name}\` 没有结束`,
  },
  zshOnly: {
    en: (text: string) => `only zsh understands \`${text}\``,
    zh: (text: string) => `\`${text}\` 只有 zsh 支持`,
  },
  notAPlaceholder: {
    en: (word: string) => `\`${word}\` is a redirection, not a placeholder`,
    zh: (word: string) => `\`${word}\` 是重定向，不是占位符`,
  },
  tooDeep: { en: 'it nests too deep', zh: '嵌套过深' },
  tooDeepBy: {
    en: (levels: string) => `it nests deeper than ${levels} levels`,
    zh: (levels: string) => `嵌套超过 ${levels} 层`,
  },
  other: {
    en: (problem: string) => problem,
    zh: (problem: string) => `语法错误“${problem}”`,
  },
})

/** What may stay open, as the grammar names it. */
const constructs: Readonly<Record<string, Message>> = catalogue({
  'ANSI-C quote': { en: 'ANSI-C quote', zh: "`$'…'` " },
  'arithmetic command': { en: 'arithmetic command', zh: '`((…))` ' },
  'arithmetic expansion': { en: 'arithmetic expansion', zh: '`$((…))` ' },
  'arithmetic for header': { en: 'arithmetic for header', zh: '`for ((…))` ' },
  'array subscript': { en: 'array subscript', zh: '数组下标' },
  backtick: { en: 'backtick', zh: '反引号' },
  'command substitution': { en: 'command substitution', zh: '命令替换 `$(…)` ' },
  'double quote': { en: 'double quote', zh: '双引号' },
  'extended glob': { en: 'extended glob', zh: '扩展通配' },
  'parameter expansion': { en: 'parameter expansion', zh: '参数展开 `${…}` ' },
  'process substitution': { en: 'process substitution', zh: '进程替换' },
  'single quote': { en: 'single quote', zh: '单引号' },
})

const shellForms: readonly (readonly [RegExp, (...parts: readonly string[]) => Message])[] = [
  [
    /^expected '(.+)' to close '?(.+?)'?$/,
    (mark = '', opened = '') => shell.toClose(mark, markOf(opened)),
  ],
  [/^unterminated (.+)$/, (what = '') => shell.unterminated(valueOf(constructs, what) ?? what)],
  [/^unexpected token '(.*)'$/s, (token = '') => shell.unexpected(token)],
  [/^expected (?:command|word) after '(.*)'$/s, (word = '') => shell.commandAfter(word)],
  [/^expected '([^']+)'(?: after .*)?$/, (word = '') => shell.expected(word)],
  [/^expected redirect target$/, () => shell.redirectTarget],
  [/^the here-document `(.*)` is never closed$/s, (name = '') => shell.documentNeverClosed(name)],
  [/^`(.*)` is understood by zsh only$/s, (text = '') => shell.zshOnly(text)],
  [/^`(.*)` is a redirection, not a placeholder$/s, (word = '') => shell.notAPlaceholder(word)],
  [/^it nests deeper than (\d+) levels$/, (levels = '') => shell.tooDeepBy(levels)],
  [/^maximum .* nesting depth exceeded$/, () => shell.tooDeep],
]

/** @param problem - `ShellProblem.message`, which the parser also reads itself. */
export function shellMessage(problem: string): Message {
  for (const [form, say] of shellForms) {
    const match = form.exec(problem)
    if (match) return say(...match.slice(1))
  }
  return shell.other(problem)
}

/** A construct that has no word of its own, by its opening mark. */
function markOf(opened: string): string {
  if (opened === 'subshell' || opened === 'test group') return '('
  return opened === 'brace group' ? '{' : opened
}

const re2 = catalogue({
  'invalid character class range': { en: 'wrong range in a class', zh: '字符类的范围有误' },
  'invalid escape sequence': { en: 'unknown escape', zh: '不支持的转义' },
  'invalid named capture': { en: 'wrong name of a group', zh: '分组的名称有误' },
  'invalid or unsupported Perl syntax': {
    en: 'syntax that RE2 does not have',
    zh: 'RE2 不支持的语法',
  },
  'invalid nested repetition operator': {
    en: 'a repetition of a repetition',
    zh: '重复之后又是重复',
  },
  'invalid repeat count': { en: 'wrong repeat count', zh: '重复次数有误' },
  'missing closing ]': { en: 'missing closing ]', zh: '缺少 `]`' },
  'missing closing )': { en: 'missing closing )', zh: '缺少 `)`' },
  'missing argument to repetition operator': {
    en: 'nothing to repeat',
    zh: '没有可以重复的内容',
  },
  'trailing backslash at end of expression': {
    en: 'trailing backslash',
    zh: '末尾有多余的反斜杠',
  },
  'duplicate capture group name': { en: 'duplicate name of a group', zh: '分组的名称重复' },
  'unexpected )': { en: 'unexpected )', zh: '多余的 `)`' },
  'expression nests too deeply': { en: 'it nests too deep', zh: '嵌套过深' },
  'expression too large': { en: 'it is too large', zh: '过大' },
})

const pattern = catalogue({
  at: {
    en: (problem: string, text: string) => `${problem}: \`${text}\``,
    zh: (problem: string, text: string) => `${problem}：\`${text}\``,
  },
  other: {
    en: (problem: string) => problem,
    zh: (problem: string) => `RE2 无法解析“${problem}”`,
  },
})

/** @param problem - As `error parsing regexp: PROBLEM: \`TEXT\``. */
export function re2Problem(problem: string): Message {
  const said = problem.replace(/^error parsing regexp: /, '')
  const [, kind = said, text] = /^(.*?): `(.*)`$/s.exec(said) ?? []
  const known = valueOf<Message>(re2, kind)
  if (known === undefined) return pattern.other(said)
  return text === undefined ? known : pattern.at(known, text)
}

/** The library's own English says more than its code. */
const yamlInChinese: Readonly<Record<string, string>> = {
  BAD_ALIAS: '锚点或别名有误',
  BAD_DQ_ESCAPE: '双引号里的转义有误',
  BAD_INDENT: '缩进有误',
  BAD_PROP_ORDER: '锚点或标签的位置有误',
  BAD_SCALAR_START: '值以保留字符开头，要加引号',
  BLOCK_AS_IMPLICIT_KEY: '一行里不能有两层键值；值里有冒号时要加引号',
  BLOCK_IN_FLOW: '`{…}` 或 `[…]` 里不能换行缩进',
  DUPLICATE_KEY: '键重复',
  KEY_OVER_1024_CHARS: '键过长',
  MISSING_CHAR: '缺少引号、括号、冒号或逗号',
  MULTILINE_IMPLICIT_KEY: '键必须写在一行里',
  MULTIPLE_DOCS: '有多个文档',
  RESOURCE_EXHAUSTION: '内容过大',
  TAB_AS_INDENT: '不能用制表符缩进',
  TAG_RESOLVE_FAILED: '标签无法解析',
  UNEXPECTED_TOKEN: '有多余的内容',
}

export function yamlProblem(code: string, english: string): Message {
  const said = english
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200)
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
  return {
    en: said,
    zh: `YAML 语法错误：${valueOf(yamlInChinese, code) ?? `“${said}”`}`,
  }
}
