/** Why a plan cannot be made, and what to type instead. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  // Hosts and roles.
  noHostNamed: {
    en: (text: string) => `\`--host ${text}\` names no host`,
    zh: (text: string) => `\`--host ${text}\` 没有写主机`,
  },
  howHostsAreNamed: {
    en: 'write `--host vm` or `--host vm=web1`',
    zh: '写 `--host vm` 或 `--host vm=web1`',
  },
  twoWideFlags: {
    en: 'two `--host` flags name several hosts each',
    zh: '有两个 `--host` 各写了多台主机',
  },
  oneWideRole: {
    en: 'only one role can run on several hosts at once',
    zh: '同一次运行里只有一个角色可以对应多台主机',
  },
  sharedHost: {
    en: (place: string, id: string, host: string) =>
      `${place}: step \`${id}\` runs on \`${host}\`, whichever host the page is for`,
    zh: (place: string, id: string, host: string) =>
      `${place}：无论页面用于哪台主机，步骤 \`${id}\` 都在 \`${host}\` 上运行`,
  },
  oneHostEach: {
    en: 'a page with several roles runs on one host of each at a time',
    zh: '有多个角色的页面，每次每个角色只能对应一台主机',
  },
  noSuchRole: {
    en: (role: string) => `no such role: \`${role}\``,
    zh: (role: string) => `没有角色 \`${role}\``,
  },
  pagesWithoutRoles: {
    en: 'these pages have no roles: write `--host HOST`',
    zh: '这些页面没有角色：写 `--host HOST`',
  },
  roleWithoutHost: {
    en: (file: string, role: string, title: string) =>
      `${file}: the role \`${role}\` (${title}) has no host`,
    zh: (file: string, role: string, title: string) =>
      `${file}：角色 \`${role}\`（${title}）没有对应的主机`,
  },
  nameItsHost: {
    en: (flag: string) => `name it: \`${flag}\`; this computer is \`local\``,
    zh: (flag: string) => `用 \`${flag}\` 指定；本机是 \`local\``,
  },

  // Variables.
  noSuchVariable: {
    en: (name: string) => `no such variable: \`${name}\``,
    zh: (name: string) => `没有变量 \`${name}\``,
  },
  variablesAre: {
    en: (names: string) => `the pages declare ${names}`,
    zh: (names: string) => `页面声明了 ${names}`,
  },
  noVariables: { en: 'the pages declare no variable', zh: '页面没有声明变量' },
  secretInArguments: {
    en: (name: string) =>
      `the secret \`${name}\` is given by \`--var\`, where every user of this computer can read it`,
    zh: (name: string) => `敏感变量 \`${name}\` 写在 \`--var\` 里，这台电脑上的所有用户都能看到`,
  },
  otherWaysForSecrets: {
    en: (name: string) =>
      `set \`RUNBOOK_VAR_${name}\` in the environment, put it in a \`--vars-file\`, or leave it out to be asked`,
    zh: (name: string) =>
      `设置环境变量 \`RUNBOOK_VAR_${name}\`，或写进 \`--vars-file\`，或者不写，运行时会问`,
  },
  nulInVariable: {
    en: (name: string) => `the variable \`${name}\` holds a NUL character`,
    zh: (name: string) => `变量 \`${name}\` 的值里有 NUL 字符`,
  },
  unmatched: {
    en: (name: string, value: string, pattern: string) =>
      `the variable \`${name}\`: \`${value}\` does not match \`${pattern}\``,
    zh: (name: string, value: string, pattern: string) =>
      `变量 \`${name}\` 的值 \`${value}\` 不匹配 \`${pattern}\``,
  },
  secretUnmatched: {
    en: (name: string, pattern: string) =>
      `the variable \`${name}\`: its value does not match \`${pattern}\``,
    zh: (name: string, pattern: string) => `变量 \`${name}\` 的值不匹配 \`${pattern}\``,
  },
  secretTooShort: {
    en: (name: string) => `the secret \`${name}\` is too short to be masked`,
    zh: (name: string) => `敏感变量 \`${name}\` 的值太短，无法遮盖`,
  },
  secretAtLeast: {
    en: (least: number) =>
      `a secret has at least ${least} characters: a shorter one would also mask ordinary text`,
    zh: (least: number) => `至少要有 ${least} 个字符：更短的会把普通文字也遮住`,
  },
  secretTooLong: {
    en: (name: string, length: number) =>
      `the secret \`${name}\` is too long to be masked: ${length} characters`,
    zh: (name: string, length: number) =>
      `敏感变量 \`${name}\` 的值太长，无法遮盖：${length} 个字符`,
  },
  secretAtMost: {
    en: (most: number) =>
      `a secret has at most ${most} characters: keep a longer one in a file of the host`,
    zh: (most: number) => `最多 ${most} 个字符：更长的放在主机的文件里`,
  },
  secretTooPlain: {
    en: (name: string) => `the secret \`${name}\` is one repeated character and cannot be masked`,
    zh: (name: string) => `敏感变量 \`${name}\` 的值只有一种字符，无法遮盖`,
  },

  // Steps.
  noSuchStep: {
    en: (id: string) => `no such step: \`${id}\``,
    zh: (id: string) => `没有步骤 \`${id}\``,
  },
  severalSteps: {
    en: (text: string, files: string) => `\`${text}\` is a step of ${files}`,
    zh: (text: string, files: string) => `以下页面都有步骤 \`${text}\`：${files}`,
  },
  writeOneOf: {
    en: (addresses: string) => `write one of ${addresses}`,
    zh: (addresses: string) => `写其中一个：${addresses}`,
  },
  seeList: { en: 'see `runbook list`', zh: '用 `runbook list` 查看' },
  fromAfterTo: {
    en: (from: string, to: string) => `\`--from ${from}\` comes after \`--to ${to}\``,
    zh: (from: string, to: string) => `\`--from ${from}\` 在 \`--to ${to}\` 之后`,
  },
  tagsAre: {
    en: (names: string) => `the tags are ${names}`,
    zh: (names: string) => `已有的标签：${names}`,
  },
  noTags: { en: 'no step has a tag: write `{tags=…}`', zh: '没有步骤带标签：请写 `{tags=…}`' },
  stepsAre: {
    en: (names: string) => `the steps are ${names}`,
    zh: (names: string) => `已有的步骤：${names}`,
  },
  noSuchTag: {
    en: (tag: string) => `no such tag: \`${tag}\``,
    zh: (tag: string) => `没有标签 \`${tag}\``,
  },
  changedByMissingStep: {
    en: (step: string, file: string) =>
      `step \`${step}\` is no longer on its page, and it changed ${file}`,
    zh: (step: string, file: string) => `页面上已没有步骤 \`${step}\`，而它改动过 ${file}`,
  },
  restoreByHand: {
    en: (kept: string | null) =>
      `put the step back, or restore the file by hand: ${kept === null ? 'it did not exist before' : `the old file is ${kept}`}`,
    zh: (kept: string | null) =>
      `把步骤放回页面，或手动恢复文件：${kept === null ? '它原来不存在' : `原文件是 ${kept}`}`,
  },
})
