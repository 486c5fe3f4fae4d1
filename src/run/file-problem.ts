/**
 * Why a host's file is not read or written, by name, with its sentence for a person.
 */

import type { Lang } from '../check/check-sentence.ts'

type Sentence = Readonly<Record<Lang, string>>

/** `{0}` and so on are the details. */
const sentences = {
  // As the host says it.
  host: { zh: '{0}', en: '{0}' },
  answer: {
    zh: '主机的回答不完整或无法理解',
    en: 'the host gave an incomplete answer',
  },
  'no-folder': { zh: '文件夹 {0} 不存在', en: 'the folder {0} does not exist' },
  closed: { zh: '没有权限进入文件夹 {0}', en: 'no permission to enter the folder {0}' },
  folder: { zh: '{0} 是文件夹', en: '{0} is a folder' },
  'no-file': { zh: '{0} 不是普通文件', en: '{0} is not a regular file' },
  unreadable: { zh: '没有权限读取 {0}', en: 'no permission to read {0}' },
  link: {
    zh: '{0} 是别的用户可以改动的符号链接，不跟随；请写文件真正的路径',
    en: '{0} is a symbolic link that another user controls: give the real path of the file',
  },
  links: { zh: '{0} 的符号链接太多', en: 'too many symbolic links in {0}' },
  'hard-link': {
    zh: '{0} 有多个硬链接，而它的文件夹别的用户也能写：不改动',
    en: '{0} has several hard links in a folder that another user can write to: not touched',
  },
  raced: {
    zh: '{0} 在读写时被别的进程换掉了，没有改动',
    en: '{0} was replaced by another process meanwhile: not touched',
  },
  changed: {
    zh: '{0} 读过之后又被改动了，没有写入：请重新运行',
    en: '{0} has changed since it was read: nothing was written, run it again',
  },
  'no-new-file': {
    zh: '没有权限在文件夹 {0} 里创建文件',
    en: 'no permission to create a file in the folder {0}',
  },
  'no-digest': {
    zh: '主机没有 sha256sum，无法核对 {0}',
    en: 'the host has no sha256sum to verify {0}',
  },
  short: { zh: '只写入了 {0} 字节', en: 'only {0} bytes were written' },
  owner: {
    zh: '无法保留 {0} 的属主：请用文件的属主或 root 运行（as=）',
    en: 'the owner of {0} cannot be kept: run the step as that owner or as root (`as=`)',
  },
  acl: {
    zh: '无法保留 {0} 的 ACL：请安装 acl 软件包',
    en: 'the ACL of {0} cannot be kept: install the package `acl`',
  },
  'no-backup-folder': {
    zh: '没有可以存放备份的私有文件夹，{0} 没有改动',
    en: 'no private folder for the backup can be made: {0} was not touched',
  },
  'no-backup': { zh: '备份 {0} 不在了', en: 'the backup {0} is gone' },
  'too-large': {
    zh: '文件有 {0} 字节，能修改的上限是 {1} 字节：请改用命令，或把整个文件写在页面上',
    en: 'the file has {0} bytes and at most {1} can be edited: use a command, or give the whole file',
  },
  binary: {
    zh: '文件里有 NUL 字节，不是文本',
    en: 'the file holds a NUL byte: it is not text',
  },
  'bare-cr': {
    zh: '文件的行以单独的 CR 结尾，不支持',
    en: 'the lines of the file end in CR alone, which is not supported',
  },
  'not-ini': {
    zh: '第 {0} 行不是 ini 格式（`{1}`），不能用 edit=section',
    en: 'line {0} is not ini syntax (`{1}`): `edit=section` cannot be used here',
  },
  'text-not-ini': {
    zh: '步骤文本的第 {0} 行不是 ini 格式（`{1}`）',
    en: 'line {0} of the step is not ini syntax (`{1}`)',
  },
  'key-twice': {
    zh: '`{0}` 在 {1} 里出现了不止一次，不知道该改哪一个',
    en: '`{0}` occurs several times in {1}: it is ambiguous which one to change',
  },
  'other-case': {
    zh: '`{0}` 与文件里的 `{1}` 只有大小写不同，不知道是不是同一个',
    en: '`{0}` differs from `{1}` in the file only by case: write it as the file does',
  },
  'long-value': {
    zh: '`{0}` 的值跨越多行（第 {1} 行），不能用 edit=section 修改',
    en: 'the value of `{0}` spans several lines (line {1}): `edit=section` cannot change it',
  },
  'unclear-line': {
    zh: '第 {1} 行是上面那个值的续行，还是 `{0}` 自己的一行，无法判断',
    en: 'line {1} may belong to the value above it: it is ambiguous where to set `{0}`',
  },
  'block-marks': {
    zh: '标记 `{0}` 和 `{1}` 在文件里不成对，不知道块到哪里结束',
    en: 'the marks `{0}` and `{1}` are not one pair in the file: repair or remove them',
  },
  'block-own-mark': {
    zh: '步骤的文本里有块的标记 `{0}`',
    en: 'the text of the step holds the mark of its own block, `{0}`',
  },
  'no-comment': {
    zh: '{0} 文件没有注释，放不下块的标记，不能用 edit=block',
    en: '{0} has no comments to mark a block with: `edit=block` cannot be used here',
  },
  'no-patch': {
    zh: '代码块不是一个文件的补丁：{0}',
    en: 'the block is not a patch of one file: {0}',
  },
  'patch-unfit': {
    zh: '补丁不适用：第 {0} 处（原第 {1} 行）的上下文在文件里找不到',
    en: 'the patch does not apply: the context of hunk {0} (line {1}) is not in the file',
  },
  'patch-partly': {
    zh: '补丁只有一部分已经应用：已应用 {0}，未应用 {1}；文件没有改动',
    en: 'the patch is partly applied: hunk {0} is, hunk {1} is not; the file was not changed',
  },
  'patch-unclear': {
    zh: '补丁在一处适用，在另一处像是已经应用过，无法判断',
    en: 'the patch applies at one place and is already applied at another: it is ambiguous',
  },
} as const satisfies Readonly<Record<string, Sentence>>

export type FileProblemCode = keyof typeof sentences

/** A file that is left as it is. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly code: FileProblemCode
  readonly details: readonly string[]

  constructor(code: FileProblemCode, ...details: readonly string[]) {
    super(`${code}: ${details.join(', ')}`)
    this.code = code
    this.details = details
  }

  sentence(lang: Lang): string {
    const { [lang]: text } = sentences[this.code]
    return text.replaceAll(/\{(\d)\}/g, (_, index: string) => this.details[Number(index)] ?? '')
  }
}

/** What a script of ours that failed printed to standard error. */
export function problemOf(stderr: string, status: number): FileProblem {
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  const [, code = '', detail = ''] = /^runbook:([a-z-]+):(.*)$/.exec(last) ?? []
  if (isCode(code)) return new FileProblem(code, detail)
  return new FileProblem('host', last === '' ? `status ${status}` : last)
}

function isCode(text: string): text is FileProblemCode {
  return Object.hasOwn(sentences, text)
}
