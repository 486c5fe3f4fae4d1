/** Texts before and after a run, and why a run cannot start. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  askVariable: {
    en: (name: string) => `variable (${name}): `,
    zh: (name: string) => `变量（${name}）: `,
  },
  noValue: {
    en: (name: string) => `the variable \`${name}\` has no value`,
    zh: (name: string) => `变量 \`${name}\` 没有值`,
  },
  giveSecret: {
    en: (name: string) => `set \`RUNBOOK_VAR_${name}\` in the environment`,
    zh: (name: string) => `设置环境变量 \`RUNBOOK_VAR_${name}\``,
  },
  giveValue: {
    en: (name: string) =>
      `set \`RUNBOOK_VAR_${name}\` in the environment, or give \`--var ${name}=…\``,
    zh: (name: string) => `设置环境变量 \`RUNBOOK_VAR_${name}\`，或用 \`--var ${name}=…\``,
  },
  varsFile: {
    en: (file: string, why: string) => `\`--vars-file ${file}\`: ${why}`,
    zh: (file: string, why: string) => `\`--vars-file ${file}\`：${why}`,
  },
  notAList: {
    en: (file: string) => `\`--vars-file ${file}\` is not a list of \`NAME: value\``,
    zh: (file: string) => `\`--vars-file ${file}\` 不是 \`NAME: value\` 的列表`,
  },
  secretCommand: {
    en: (place: string, key: string, why: string) => `${place}: \`${key}\` ${why}`,
    zh: (place: string, key: string, why: string) => `${place}：\`${key}\` ${why}`,
  },
  printsTooMuch: {
    en: (kibibytes: number) => `prints more than ${kibibytes} KiB`,
    zh: (kibibytes: number) => `的输出超过 ${kibibytes} KiB`,
  },
  didNotEnd: {
    en: (how: string) => `did not end by itself: ${how}`,
    zh: (how: string) => `没有自己结束：${how}`,
  },
  endedWith: {
    en: (status: number) => `ended with ${status}`,
    zh: (status: number) => `的退出状态是 ${status}`,
  },
  printedNothing: { en: 'printed nothing', zh: '没有输出' },
  checksOfRun: {
    en: '`--run-checks` is for a plan: a run asks all checks',
    zh: '`--run-checks` 用于计划：运行时总会进行所有检查',
  },
  dryRunChecks: {
    en: 'write `--dry-run --run-checks`, or leave it out',
    zh: '写 `--dry-run --run-checks`，或去掉它',
  },
  noReports: {
    en: (name: string) => `\`--reporter ${name}\` has no effect with \`--dry-run\``,
    zh: (name: string) => `有 \`--dry-run\` 时 \`--reporter ${name}\` 不起作用`,
  },
  planFormats: {
    en: 'write `runbook plan --format json` or `--format markdown`',
    zh: '写 `runbook plan --format json` 或 `--format markdown`',
  },
  stepNeedsTerminal: { en: '`--step` needs a terminal', zh: '`--step` 需要终端' },
  withoutStep: {
    en: 'run it without `--step`, or at a terminal',
    zh: '去掉 `--step`，或在终端里运行',
  },
  noResumeOfInput: {
    en: 'a page from standard input cannot be resumed',
    zh: '来自标准输入的页面不能继续运行',
  },
  hasPassed: {
    en: (run: string) => `${run}: has passed; nothing is left to do`,
    zh: (run: string) => `${run}：已经通过，没有要做的了`,
  },
  recorded: {
    en: (file: string) => `recorded: ${file}`,
    zh: (file: string) => `已记录：${file}`,
  },
  notRecorded: {
    en: 'not recorded: some steps did not pass (`--record=partial` records those that did)',
    zh: '没有记录：只有全部步骤通过的运行才会被记录（`--record=partial` 除外）',
  },
  unsteady: {
    en: (steps: number) =>
      `printed otherwise the second time: ${steps} ${steps === 1 ? 'step' : 'steps'}; \`runbook sync\` proposes holes for what differs`,
    zh: (steps: number) =>
      `第二次的输出与页面不符：${steps} 个步骤；\`runbook sync\` 会为不同之处提出占位`,
  },
  stillRunning: {
    en: (host: string, command: string, pid: number) =>
      `${host}: still running: ${command} (pid ${pid})`,
    zh: (host: string, command: string, pid: number) =>
      `${host}：仍在运行：${command}（pid ${pid}）`,
  },
  mayStillRun: {
    en: (host: string, user: string, why: string, run: string) =>
      `${host}: what an earlier life of the run started as ${user} may still run: ${why}; end it with \`runbook runs --forget ${run}\``,
    zh: (host: string, user: string, why: string, run: string) =>
      `${host}：这次运行之前以 ${user} 启动的进程可能仍在运行：${why}；用 \`runbook runs --forget ${run}\` 结束它`,
  },
  startedBy: {
    en: (step: string) => `started by step ${step}`,
    zh: (step: string) => `由步骤 ${step} 启动`,
  },
  printsTo: {
    en: (file: string) => `later output goes to ${file}`,
    zh: (file: string) => `之后的输出在 ${file}`,
  },
  noWatchOfInput: {
    en: '`--watch` needs a file: standard input cannot be saved again',
    zh: '`--watch` 需要文件：标准输入不能再次保存',
  },
  nameAFile: { en: 'name a page', zh: '请写页面' },
  watching: {
    en: (files: string) => `watching ${files}; Ctrl-C ends`,
    zh: (files: string) => `正在等待保存：${files}；按 Ctrl-C 结束`,
  },
  noStepChanged: {
    en: 'no step has changed',
    zh: '没有步骤改动',
  },
  askChecks: {
    en: (commands: string) =>
      `Checks of the pages run these commands:\n${commands}\nType yes to run them, anything else does not: `,
    zh: (commands: string) =>
      `页面的检查会运行这些命令：\n${commands}\n输入 yes 运行它们，输入其他内容则不运行: `,
  },
})

/** The form of a flag's value. */
export const forms = catalogue({
  assignment: { en: 'write it as `NAME=VALUE`', zh: '写成 `NAME=VALUE`' },
  noSuchFile: { en: 'no such file', zh: '文件不存在' },
  count: { en: 'write a number from 1', zh: '写不小于 1 的整数' },
  percent: { en: 'write a percentage such as `20%`', zh: '写百分比，如 `20%`' },
  record: {
    en: 'write `--record` or `--record=partial`',
    zh: '写 `--record` 或 `--record=partial`',
  },
  reporter: {
    en: (names: string) => `write one of ${names}`,
    zh: (names: string) => `可以写 ${names}`,
  },
  liveNeedsTerminal: { en: '`live` needs a terminal', zh: '`live` 需要终端' },
})
