/** What the command line says. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  ownFault: {
    en: 'this is a fault of runbook itself: please report it with the lines above',
    zh: '这是 runbook 自身的故障：请附上以上内容报告',
  },

  // `runbook` alone, at a terminal.
  hintPlan: { en: 'what would happen; runs no step', zh: '看看会做什么，不运行任何步骤' },
  hintExec: {
    en: 'run it on this computer; `--host HOST` for another',
    zh: '在这台电脑上运行；`--host HOST` 换一台主机',
  },
  hintSite: { en: 'read it in a browser', zh: '在浏览器里阅读' },
  hintHelp: { en: 'all commands', zh: '全部命令' },

  hasPassed: {
    en: (run: string) => `${run}: has passed; nothing is left to do`,
    zh: (run: string) => `${run}：已经通过，没有要做的了`,
  },
  notWrittenInCi: {
    en: 'in CI nothing is written without `--write`',
    zh: '在 CI 里没有 `--write` 就不写入',
  },
  changed: {
    en: (file: string, count: number) => `${file}: ${count} changed`,
    zh: (file: string, count: number) => `${file}：改了 ${count} 处`,
  },
  nothingToSync: {
    en: 'nothing to do: the pages match what was recorded',
    zh: '没有要做的：页面与验证记录一致',
  },
  notSynced: {
    en: (place: string, step: string, why: string) => `${place}: step \`${step}\`: ${why}`,
    zh: (place: string, step: string, why: string) => `${place}：步骤 \`${step}\`：${why}`,
  },
  undone: {
    en: (status: string) => `${status}, undone`,
    zh: (status: string) => `${status}，已撤销`,
  },
  notUsed: {
    en: (what: string, why: string) => `${what}  (not trusted: ${why})`,
    zh: (what: string, why: string) => `${what}  （不能使用：${why}）`,
  },
  forgotten: { en: 'forgotten', zh: '已删除' },
  backupsKept: {
    en: (host: string, run: string, why: string) =>
      `${host}: the backups of ${run} were not removed: ${why}`,
    zh: (host: string, run: string, why: string) => `${host}：${run} 的备份没有删除：${why}`,
  },

  // Hosts.
  anotherMachine: {
    en: (host: string) =>
      `${host} is not the machine that the run began on: start a new run with \`runbook exec\``,
    zh: (host: string) => `${host} 不是这次运行开始时的机器：请用 \`runbook exec\` 重新开始`,
  },
  namesRead: {
    en: (problem: string, lists: string) =>
      `${problem}. The ssh configurations that were read: ${lists}`,
    zh: (problem: string, lists: string) => `${problem}。读取了这些 ssh 配置：${lists}`,
  },

  // Pages without a step.
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

  // Pages that pages require.
  requiresOutside: {
    en: (name: string) => `\`requires\` names \`${name}\`, which is not a page of this project`,
    zh: (name: string) => `\`requires\` 里的 \`${name}\` 不是这个项目的页面`,
  },
  requireOwnPage: {
    en: 'require a page of the project; run the other one by itself',
    zh: '只要求本项目的页面；另一个页面单独运行',
  },
  requiresMissing: {
    en: (name: string) => `no such page in \`requires\`: \`${name}\``,
    zh: (name: string) => `\`requires\` 里的页面 \`${name}\` 不存在`,
  },
  requiresCycle: {
    en: (name: string) => `\`requires\` leads back to \`${name}\``,
    zh: (name: string) => `\`requires\` 又回到了 \`${name}\``,
  },
  notBeforeItself: {
    en: 'a page cannot require itself, not even through others',
    zh: '页面不能要求自己先完成，间接的也不行',
  },
})

/** How a run ended. */
export const runStatuses = catalogue({
  passed: { en: 'passed', zh: '通过' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  lost: { en: 'lost', zh: '失去联系' },
  unfinished: { en: 'unfinished', zh: '未完成' },
  unreadable: { en: 'unreadable', zh: '无法读取' },
})
