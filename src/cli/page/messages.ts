/** Texts of commands on pages, and why a page cannot be read. */

import { catalogue } from '../../model/message.ts'

/** States of a page's records on a platform. */
export const stateWords = catalogue({
  verified: { en: 'verified', zh: '已验证' },
  partial: { en: 'partly verified', zh: '部分验证' },
  changed: { en: 'changed', zh: '输出有变' },
  stale: { en: 'stale', zh: '过期' },
  contradicted: { en: 'contradicted', zh: '与页面不符' },
  never: { en: 'never', zh: '未验证' },
})

export const messages = catalogue({
  // Choosing pages.
  noPages: {
    en: (folder: string) => `no pages in \`${folder}\``,
    zh: (folder: string) => `\`${folder}\` 里没有页面`,
  },
  whatIsAPage: {
    en: 'a page is a Markdown file: `NAME.md`; `runbook init` writes a first one',
    zh: '页面是 Markdown 文件：`NAME.md`；`runbook init` 会写好第一个',
  },
  noSuchPage: {
    en: (name: string, folder: string) => `no such page: \`${name}\`, here or in \`${folder}\``,
    zh: (name: string, folder: string) => `当前目录和 \`${folder}\` 里都没有页面 \`${name}\``,
  },
  givePage: {
    en: 'give a Markdown file, a folder, or `-` for standard input',
    zh: '请指定 Markdown 文件、目录，或用 `-` 表示标准输入',
  },
  unreadable: {
    en: (file: string, why: string) => `\`${file}\` cannot be read: ${why}`,
    zh: (file: string, why: string) => `无法读取 \`${file}\`：${why}`,
  },
  putItThere: {
    en: 'put the file beside the new page, or take the link out',
    zh: '把文件放到新页面旁边，或去掉这个链接',
  },
  copyFrom: {
    en: (folder: string) => `copy the file from \`${folder}\`, or take the link out`,
    zh: (folder: string) => `从 \`${folder}\` 复制这个文件，或去掉这个链接`,
  },
  importOne: {
    en: 'give one file: a tutorial, a script, a transcript or a history',
    zh: '请指定一个文件：教程、脚本、终端记录或历史',
  },
  leadsToNoPage: {
    en: (path: string, real: string) => `\`${path}\` leads to \`${real}\`, which is not a page`,
    zh: (path: string, real: string) => `\`${path}\` 指向 \`${real}\`，不是页面`,
  },

  // Required pages.
  requiresOutside: {
    en: (name: string) => `\`requires\` names \`${name}\`, which is not a page of this project`,
    zh: (name: string) => `\`requires\` 里的 \`${name}\` 不是这个项目的页面`,
  },
  requireOwnPage: {
    en: 'require a page of the project; run the other one by itself',
    zh: '`requires` 只能引用本项目的页面；其他页面请单独运行',
  },
  requiresMissing: {
    en: (name: string) => `no such page in \`requires\`: \`${name}\``,
    zh: (name: string) => `\`requires\` 里的页面 \`${name}\` 不存在`,
  },
  requiresCycle: {
    en: (name: string) => `\`requires\` leads back to \`${name}\``,
    zh: (name: string) => `\`requires\` 存在循环依赖：\`${name}\``,
  },
  notBeforeItself: {
    en: 'a page cannot require itself, not even through others',
    zh: '页面不能直接或间接依赖自身',
  },

  // Pages without steps.
  noSteps: {
    en: (pages: string) => `nothing to run: no steps in ${pages}`,
    zh: (pages: string) => `没有可以运行的步骤：${pages}`,
  },
  whatIsAStep: {
    en: 'a step is a fenced block named `bash` or `console`, one with `{run=…}` or `{file=…}`, or an open task `- [ ]`',
    zh: '步骤是名为 `bash` 或 `console` 的代码块、带 `{run=…}` 或 `{file=…}` 的代码块，或未勾选的任务 `- [ ]`',
  },
  unrunBlocks: {
    en: (place: string, problem: string, others: number) =>
      `${place}: ${problem}${others === 0 ? '' : `, and ${others} more`}; see \`runbook lint\``,
    zh: (place: string, problem: string, others: number) =>
      `${place}：${problem}${others === 0 ? '' : `，另有 ${others} 处`}；详见 \`runbook lint\``,
  },

  // `import`.
  imported: {
    en: (kind: string, steps: number, count: number) =>
      `imported ${kind}: ${steps} step${steps === 1 ? '' : 's'}, ${count} decision${count === 1 ? '' : 's'} for you`,
    zh: (kind: string, steps: number, count: number) =>
      `已导入${kind}：${steps} 个步骤，${count} 处需要你决定`,
  },
  next: {
    en: (lint: string, exec: string) => `next: \`${lint}\`, then \`${exec}\``,
    zh: (lint: string, exec: string) => `接下来：\`${lint}\`，然后 \`${exec}\``,
  },
  notAPageName: {
    en: (page: string) => `\`${page}\` is not the name of a page`,
    zh: (page: string) => `\`${page}\` 不是页面的文件名`,
  },
  endsInMd: { en: 'a page ends in `.md`', zh: '页面的文件名以 `.md` 结尾' },
  pageIsThere: {
    en: (page: string) => `\`${page}\` already exists`,
    zh: (page: string) => `\`${page}\` 已经存在`,
  },
  giveOtherPage: {
    en: 'give another place: `--out PAGE`',
    zh: '请用 `--out PAGE` 指定其他位置',
  },
  unwritable: {
    en: (page: string, why: string) => `\`${page}\` cannot be written: ${why}`,
    zh: (page: string, why: string) => `\`${page}\` 无法写入：${why}`,
  },

  // `lint --fix` and `sync`.
  changedMeanwhile: {
    en: (file: string) => `\`${file}\` changed while it was read`,
    zh: (file: string) => `\`${file}\` 在读取期间被改动`,
  },
  runAgain: { en: 'run the command again', zh: '请重新运行这个命令' },
  noFixOfInput: { en: 'standard input cannot be fixed', zh: '无法修正标准输入' },
  giveFile: { en: 'give a file', zh: '请给出文件' },
  fixedAt: {
    en: (place: string, code: string, what: string) => `fixed ${place} ${code}: ${what}`,
    zh: (place: string, code: string, what: string) => `已修正 ${place} ${code}：${what}`,
  },
  oneOfSyncFlags: {
    en: '`--check`, `--write` and `--interactive` exclude each other',
    zh: '`--check`、`--write` 和 `--interactive` 不能同时使用',
  },
  interactiveNeedsTerminal: {
    en: '`--interactive` needs a terminal',
    zh: '`--interactive` 需要终端',
  },
  writeAll: {
    en: '`--write` writes every change',
    zh: '`--write` 会写入全部改动',
  },
  noSuchRule: {
    en: (name: string, meant: string) => `no rule \`${name}\`: ${meant}`,
    zh: (name: string, meant: string) => `没有规则 \`${name}\`：${meant}`,
  },
  holesBy: {
    en: (place: string, rules: string) => `${place}: holes by rule: ${rules} (\`--holes\` chooses)`,
    zh: (place: string, rules: string) =>
      `${place}：按规则生成的占位：${rules}（用 \`--holes\` 选择）`,
  },
  syncMenu: {
    en: (step: string) =>
      `${step}: [y] take it  [l] take it without holes  [n] leave it  [a] take all  [q] quit: `,
    zh: (step: string) =>
      `${step}：[y] 采用  [l] 采用，不加占位  [n] 保持不变  [a] 全部采用  [q] 停止: `,
  },
  notWrittenInCi: {
    en: 'in CI nothing is written without `--write`',
    zh: '在 CI 中，未指定 `--write` 时不写入任何文件',
  },
  changed: {
    en: (file: string, count: number) => `${file}: ${count} changed`,
    zh: (file: string, count: number) => `${file}：改了 ${count} 处`,
  },
  nothingToSync: {
    en: 'nothing to do: the pages match what was recorded',
    zh: '无需更改：页面与验证记录一致',
  },
  notSynced: {
    en: (place: string, step: string, why: string) => `${place}: step \`${step}\`: ${why}`,
    zh: (place: string, step: string, why: string) => `${place}：步骤 \`${step}\`：${why}`,
  },

  // `list`, `explain` and `status`.
  asUser: { en: (user: string) => `as ${user}`, zh: (user: string) => `以 ${user} 身份` },
  where: {
    en: (place: string) => `  (${place})`,
    zh: (place: string) => `（${place}）`,
  },
  noSuchName: {
    en: (name: string) => `no such name: \`${name}\``,
    zh: (name: string) => `没有 \`${name}\` 这个名称`,
  },
  seeExplain: {
    en: '`runbook explain` lists what can be explained',
    zh: '`runbook explain` 会列出可以解释的名称',
  },
  steps: {
    en: (state: string, ids: string) => `${state}: ${ids}`,
    zh: (state: string, ids: string) => `${state}：${ids}`,
  },
  semicolon: { en: '; ', zh: '；' },
  edited: {
    en: (ids: string) => `edited by hand: ${ids}`,
    zh: (ids: string) => `手动修改后运行：${ids}`,
  },
  byChecks: {
    en: (ids: string) => `not run, their checks held: ${ids}`,
    zh: (ids: string) => `没有运行，检查已满足：${ids}`,
  },
  unproven: {
    en: (count: number) => `unproven, behind a stale step: ${count}`,
    zh: (count: number) => `在过期步骤之后，待证实：${count} 步`,
  },
  tooOld: {
    en: (day: string) => `too old: a step was last verified on ${day}`,
    zh: (day: string) => `太久未验证：有一步上次验证于 ${day}`,
  },
  daysForm: {
    en: 'write whole days, such as `30d`',
    zh: '请写整数天数，如 `30d`',
  },
})

/** What was imported. */
export const kinds = catalogue({
  tutorial: { en: 'a tutorial', zh: '教程' },
  transcript: { en: 'a transcript', zh: '终端记录' },
  script: { en: 'a script', zh: '脚本' },
  history: { en: 'a history', zh: '命令历史' },
})
