/**
 * Every front matter key of ours. The reader, `runbook explain` and the site's reference read this
 * table. Keys inside `roles` and `vars` are written `vars.secret`.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'

export interface FrontMatterInfo {
  /** The form of its value, for messages. */
  readonly usage: Message
  readonly zh: string
  readonly en: string
  readonly example: string
}

export const frontMatterTable = {
  title: {
    usage: messages.aText,
    zh: '页面的标题；没有时取第一个标题',
    en: 'the title of the page; default: its first heading',
    example: 'title: 安装 MySQL',
  },
  lang: {
    usage: { en: 'a language', zh: '语言' },
    zh: '页面的语言：`zh` 或 `en`；运行时的消息和网站的界面都用它',
    en: 'the language of the page, `zh` or `en`; used for the messages of its runs and for its site',
    example: 'lang: zh',
  },
  requires: {
    usage: { en: 'a list of pages', zh: '页面的列表' },
    zh: '在这台主机上必须先完成的页面',
    en: 'pages that must have passed on this host before',
    example: 'requires: [03-python.md]',
  },
  provides: {
    usage: { en: 'a list of checks', zh: '检查的列表' },
    zh: '完成这一页之后成立的检查',
    en: 'checks that hold once this page is done',
    example: 'provides: [cmd:mysql, service:mysqld]',
  },
  needs: {
    usage: { en: 'a list of checks', zh: '检查的列表' },
    zh: '整页运行之前必须成立的检查',
    en: 'checks that must hold before the page runs',
    example: 'needs: [user:root, net:mirror:443]',
  },
  roles: {
    usage: { en: 'a role: a title, or `{ title, host }`', zh: '角色：标题，或 `{ title, host }`' },
    zh: '页面给主机起的名字；`--host` 决定它是哪台主机',
    en: 'the names that the page gives its hosts; `--host` says which hosts they are',
    example: 'roles: { vm: 目标主机 }',
  },
  'roles.title': {
    usage: messages.aText,
    zh: '角色的说明，给人看',
    en: 'what the role is, for people',
    example: 'roles: { vm: { title: 目标主机 } }',
  },
  'roles.host': {
    usage: { en: 'the name of a host', zh: '主机名' },
    zh: '没有 `--host` 时使用的主机',
    en: 'the default host; `--host` overrides it',
    example: 'roles: { workstation: { title: 开发机, host: local } }',
  },
  vars: {
    usage: {
      en: 'a variable: a default, or `{ default, secret, ask, pattern, address }`',
      zh: '变量：默认值，或 `{ default, secret, ask, pattern, address }`',
    },
    zh: '页面留空、由读者填写的值',
    en: 'values that the page leaves open',
    example: 'vars: { DB_NAME: { default: shop } }',
  },
  'vars.default': {
    usage: messages.aText,
    zh: '没有填写时的值',
    en: 'the value if no other is given',
    example: 'vars: { DB_NAME: { default: shop } }',
  },
  'vars.secret': {
    usage: { en: '`true` or `false`', zh: '`true` 或 `false`' },
    zh: '值以常见编码出现时也被遮盖（docs/SECURITY.md 列出了这些编码）；分开打印、散列或压缩过的认不出来',
    en: 'the value is masked, also in the usual encodings (docs/SECURITY.md lists them); not if commands print parts of it, hash or compress it',
    example: 'vars: { DB_PASSWORD: { secret: true, ask: 数据库密码 } }',
  },
  'vars.ask': {
    usage: messages.aText,
    zh: '没有值时怎样问人',
    en: 'the question for a person',
    example: 'vars: { DB_PASSWORD: { secret: true, ask: 数据库密码 } }',
  },
  'vars.desc': {
    usage: messages.aText,
    zh: '同 `ask`',
    en: 'same as `ask`',
    example: 'vars: { DB_NAME: { desc: 数据库名 } }',
  },
  'vars.pattern': {
    usage: { en: 'a regular expression in RE2 syntax', zh: 'RE2 正则表达式' },
    zh: '整个值必须匹配的正则表达式（RE2）',
    en: 'a regular expression (RE2) that the whole value must match',
    example: 'vars: { PORT: { default: "3306", pattern: "\\\\d+" } }',
  },
  'vars.address': {
    usage: { en: 'a role of this page', zh: '这一页的角色' },
    zh: '值是连接这个角色的主机时所用的地址',
    en: "the value is the address by which this role's host was reached",
    example: 'vars: { VM_ADDRESS: { address: vm } }',
  },
  dir: {
    usage: { en: 'a folder', zh: '目录' },
    zh: '页面从哪个目录开始',
    en: 'the folder in which the page starts',
    example: 'dir: /srv/app',
  },
  tags: {
    usage: { en: 'a list of words', zh: '词的列表' },
    zh: '标签',
    en: 'labels',
    example: 'tags: [database]',
  },
} as const satisfies Record<string, FrontMatterInfo>

export type FrontMatterKey = keyof typeof frontMatterTable

/** The top-level keys. */
export const frontMatterKeys = Object.keys(frontMatterTable).filter(
  (key): key is Exclude<FrontMatterKey, `${string}.${string}`> => !key.includes('.'),
)

/** The keys inside `roles` or `vars`. */
export function keysIn(key: 'roles' | 'vars'): readonly string[] {
  return Object.keys(frontMatterTable)
    .filter((each) => each.startsWith(`${key}.`))
    .map((each) => each.slice(key.length + 1))
}
