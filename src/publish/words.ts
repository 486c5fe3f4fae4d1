/** The site's own texts in both languages. */

import type { Lang } from '../model/message.ts'

import { renderDuration } from '../model/duration.ts'
import type { StepState } from '../model/record.ts'

export type SiteLang = Lang

export interface Words {
  readonly states: Readonly<Record<StepState, string>>
  /** What a state means to a reader, in one sentence. */
  readonly meanings: Readonly<Record<StepState, string>>
  readonly step: (number: number) => string
  readonly stepCount: (count: number) => string
  readonly copy: string
  readonly copyCommand: (number: number, text: string) => string
  readonly copyFile: (path: string) => string
  readonly copyPatch: (path: string) => string
  readonly copyAll: string
  readonly copyAllOf: (id: string) => string
  readonly copyAnswer: (text: string) => string
  readonly copied: string
  readonly copyFailed: string
  readonly invalidValue: string
  readonly recorded: string
  readonly recordedEqual: string
  readonly expected: string
  readonly expectedPattern: string
  readonly expectedShown: string
  readonly expectedContains: string
  readonly expectedJson: string
  readonly standardError: string
  readonly noOutput: string
  readonly privateOutput: string
  readonly lines: (count: number) => string
  readonly cutLines: (count: number) => string
  readonly cutRecord: string
  readonly cutLine: string
  readonly onPlatform: (platform: string) => string
  readonly sameOn: (platforms: string) => string
  readonly defaultsNote: string
  readonly exit: string
  readonly took: string
  /** Of a step that was already done. */
  readonly byChecks: string
  /** Separator between names of platforms. */
  readonly listMark: string
  /** A person ran an edited step. */
  readonly edited: (platform: string, day: string) => string
  readonly host: string
  readonly hash: string
  readonly stdinOf: string
  readonly writesFile: string
  readonly editsFile: Readonly<Record<'section' | 'line' | 'block', string>>
  readonly patchesFile: string
  readonly mode: string
  readonly dialog: string
  readonly danger: string
  readonly confirm: string
  readonly onError: string
  readonly needs: string
  readonly when: string
  readonly unless: string
  readonly ensures: string
  readonly ready: string
  readonly conditions: string
  readonly asUser: (user: string) => string
  readonly onLocal: string
  readonly inFolder: (folder: string) => string
  readonly background: string
  readonly reboot: string
  readonly always: string
  readonly undoneBy: string
  readonly undoes: string
  readonly before: string
  readonly requires: string
  readonly hosts: string
  readonly values: string
  readonly valuesHint: string
  readonly secretHint: string
  readonly addressHint: (role: string) => string
  readonly overview: string
  readonly verifiedOn: string
  readonly neverVerified: string
  readonly neverVerifiedHow: string
  readonly run: string
  readonly hostKey: string
  readonly localHost: string
  readonly system: string
  readonly tool: string
  readonly pages: string
  readonly noPages: string
  readonly sectionLink: (title: string) => string
  readonly duration: (ms: number) => string
}

const chinese: Words = {
  states: {
    verified: '已验证',
    changed: '输出有变',
    stale: '过期',
    contradicted: '与页面不符',
    never: '未验证',
    manual: '人工步骤',
  },
  meanings: {
    verified: '在真实主机上执行成功，输出与页面一致。',
    changed: '执行成功，但输出与页面不同，页面还没有更新。',
    stale: '步骤的内容改了，还没有重新验证。',
    contradicted: '页面现在写的预期输出，与主机上次给出的输出不符。',
    never: '没有在真实的主机上执行过。',
    manual: '由人来完成并确认。',
  },
  step: (number) => `步骤 ${number}`,
  stepCount: (count) => `${count} 个步骤`,
  copy: '复制',
  copyCommand: (number, text) => `复制第 ${number} 条命令：${text}`,
  copyFile: (path) => `复制文件 ${path} 的内容`,
  copyPatch: (path) => `复制 ${path} 的补丁`,
  copyAll: '复制整块',
  copyAllOf: (id) => `复制步骤 ${id} 的全部命令`,
  copyAnswer: (text) => `复制要输入的内容：${text}`,
  copied: '已复制',
  copyFailed: '请手动复制',
  invalidValue: '不符合本页要求的格式：',
  recorded: '实际输出',
  recordedEqual: '实际输出，与页面一致',
  expected: '预期输出',
  expectedPattern: '预期输出（含通配）',
  expectedShown: '示例输出（不比对）',
  expectedContains: '预期输出（应包含这些行）',
  expectedJson: '预期输出（按 JSON 比对）',
  standardError: '标准错误',
  noOutput: '没有输出',
  privateOutput: '本步骤的输出不保留。',
  lines: (count) => `${count} 行`,
  cutLines: (count) => `此处省略 ${count} 行`,
  cutRecord: '输出过长，记录时略去了中间一段。',
  cutLine: '本行过长，后面略去',
  onPlatform: (platform) => `在 ${platform} 上`,
  sameOn: (platforms) => `在 ${platforms} 上输出相同。`,
  defaultsNote: '这里的输出是以记录时的值执行得到的，不是你填入的值。',
  exit: '退出状态',
  took: '耗时',
  byChecks: '没有运行：检查已满足',
  listMark: '、',
  edited: (platform, day) =>
    `${day} 在 ${platform} 上运行时，这一步经过手动修改：那次的结果不算验证。`,
  host: '主机',
  hash: '内容指纹',
  stdinOf: '作为以下命令的标准输入',
  writesFile: '写入文件',
  editsFile: { section: '合并到文件', line: '补全文件中的行', block: '维护文件中的一段' },
  patchesFile: '给文件打补丁',
  mode: '权限',
  dialog: '出现提示后输入',
  danger: '危险',
  confirm: '完成后再继续',
  onError: '如果失败',
  needs: '需要',
  when: '仅当满足',
  unless: '满足时跳过',
  ensures: '完成后',
  ready: '就绪',
  conditions: '执行条件',
  asUser: (user) => `以 ${user} 身份`,
  onLocal: '本机',
  inFolder: (folder) => `在 ${folder} 中`,
  background: '在后台运行',
  reboot: '主机会重启',
  always: '失败时也执行',
  undoneBy: '撤销它的步骤',
  undoes: '撤销',
  before: '开始之前',
  requires: '先完成',
  hosts: '主机',
  values: '填入你的值',
  valuesHint: '下面的命令会随之改变。只保存在你的浏览器里。',
  secretHint: '不会保存',
  addressHint: (role) => `${role}的地址`,
  overview: '本页概况',
  verifiedOn: '验证于',
  neverVerified: '还没有在真实主机上执行过。',
  neverVerifiedHow: '执行并记录：',
  run: '运行',
  hostKey: '主机密钥',
  localHost: '执行者本机',
  system: '系统',
  tool: '工具',
  pages: '全部手册',
  noPages: '这个项目还没有页面。',
  sectionLink: (title) => `本节链接：${title}`,
  duration: (ms) =>
    renderDuration(ms)
      .replace('ms', ' 毫秒')
      .replace('h', ' 小时')
      .replace('m', ' 分')
      .replace('s', ' 秒'),
}

const english: Words = {
  states: {
    verified: 'verified',
    changed: 'output changed',
    stale: 'stale',
    contradicted: 'contradicted',
    never: 'never run',
    manual: 'by hand',
  },
  meanings: {
    verified: 'Passed on a real host, and the output is what the page says.',
    changed: 'Passed, but the output differs from the page, which has not been updated.',
    stale: 'The commands have changed since they were last run.',
    contradicted: 'The page expects something else than what the host answered.',
    never: 'Never run on any host.',
    manual: 'Done and confirmed by a person.',
  },
  step: (number) => `Step ${number}`,
  stepCount: (count) => `${count} ${count === 1 ? 'step' : 'steps'}`,
  copy: 'Copy',
  copyCommand: (number, text) => `Copy command ${number}: ${text}`,
  copyFile: (path) => `Copy the content of ${path}`,
  copyPatch: (path) => `Copy the patch of ${path}`,
  copyAll: 'Copy all',
  copyAllOf: (id) => `Copy all commands of ${id}`,
  copyAnswer: (text) => `Copy what to type: ${text}`,
  copied: 'Copied',
  copyFailed: 'Copy by hand',
  invalidValue: 'Not of the form that this page asks for: ',
  recorded: 'Output',
  recordedEqual: 'Output, as the page says',
  expected: 'Expected output',
  expectedPattern: 'Expected output (with wildcards)',
  expectedShown: 'Example output (not compared)',
  expectedContains: 'Expected output (contains these lines)',
  expectedJson: 'Expected output (compared as JSON)',
  standardError: 'standard error',
  noOutput: 'no output',
  privateOutput: 'The output of this step is not kept.',
  lines: (count) => `${count} ${count === 1 ? 'line' : 'lines'}`,
  cutLines: (count) => `${count} ${count === 1 ? 'line' : 'lines'} left out here`,
  cutRecord: 'The output was too long; its middle was not recorded.',
  cutLine: 'the rest of this line is left out',
  onPlatform: (platform) => `on ${platform}`,
  sameOn: (platforms) => `The same output on ${platforms}.`,
  defaultsNote: 'The output here is of the values of the recorded run, not of yours.',
  exit: 'exit',
  took: 'took',
  byChecks: 'not run: its checks held',
  listMark: ', ',
  edited: (platform, day) =>
    `On ${platform}, ${day}: a person edited this step before it ran. That result is not a verification.`,
  host: 'host',
  hash: 'content',
  stdinOf: 'standard input of',
  writesFile: 'Write the file',
  editsFile: {
    section: 'Merge into the file',
    line: 'Ensure lines in the file',
    block: 'Keep a block in the file',
  },
  patchesFile: 'Patch the file',
  mode: 'mode',
  dialog: 'Type at the prompt',
  danger: 'Danger',
  confirm: 'do this before going on',
  onError: 'If it fails',
  needs: 'needs',
  when: 'only if',
  unless: 'skip if',
  ensures: 'afterwards',
  ready: 'ready when',
  conditions: 'Conditions',
  asUser: (user) => `as ${user}`,
  onLocal: 'this computer',
  inFolder: (folder) => `in ${folder}`,
  background: 'runs in the background',
  reboot: 'the host reboots',
  always: 'runs after a failure too',
  undoneBy: 'undone by',
  undoes: 'undoes',
  before: 'Before you start',
  requires: 'Do first',
  hosts: 'Hosts',
  values: 'Fill in your values',
  valuesHint: 'The commands below follow. Kept in your browser only.',
  secretHint: 'not kept',
  addressHint: (role) => `address of ${role}`,
  overview: 'About this page',
  verifiedOn: 'Verified on',
  neverVerified: 'Never run on a real host.',
  neverVerifiedHow: 'Run and record it:',
  run: 'run',
  hostKey: 'host key',
  localHost: 'the computer itself',
  system: 'system',
  tool: 'tool',
  pages: 'All runbooks',
  noPages: 'This project has no pages yet.',
  sectionLink: (title) => `Link to ${title}`,
  duration: renderDuration,
}

export const words: Readonly<Record<SiteLang, Words>> = { zh: chinese, en: english }
