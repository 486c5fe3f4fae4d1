/** Texts of the reporters and the plan. */

import { catalogue } from '../model/message.ts'

/**
 * One word per verdict. `confirm`: a dangerous step that would run; `waits`: a step whose condition
 * an earlier step must bring about.
 */
export const verdictWords = catalogue({
  run: { en: 'run', zh: '执行' },
  done: { en: 'done', zh: '已完成' },
  skip: { en: 'skip', zh: '跳过' },
  blocked: { en: 'blocked', zh: '受阻' },
  manual: { en: 'manual', zh: '人工' },
  confirm: { en: 'confirm', zh: '确认' },
  waits: { en: 'waits', zh: '等待' },
})

/** Where a variable's value comes from. */
export const sourceWords = catalogue({
  flag: { en: '--var', zh: '--var' },
  environment: { en: 'environment', zh: '环境变量' },
  'vars-file': { en: '--vars-file', zh: '--vars-file' },
  project: { en: 'runbook.yml', zh: 'runbook.yml' },
  default: { en: "the page's default", zh: '页面的默认值' },
  command: { en: 'a command of the configuration', zh: '配置里的命令' },
  step: { en: 'set by a step', zh: '步骤的输出' },
  address: { en: "a host's address", zh: '主机的地址' },
  person: { en: 'asked', zh: '会询问' },
})

export const messages = catalogue({
  inBrackets: {
    en: (text: string, note: string) => `${text} (${note})`,
    zh: (text: string, note: string) => `${text}（${note}）`,
  },
  labelled: {
    en: (label: string, text: string) => `${label}: ${text}`,
    zh: (label: string, text: string) => `${label}：${text}`,
  },

  // A run.
  needs: { en: 'needs', zh: '需要' },
  next: { en: 'next', zh: '下一步' },
  moreSteps: {
    en: (count: number) => ` · ${count} more`,
    zh: (count: number) => ` · 还有 ${count} 步`,
  },
  about: {
    en: (now: string, last: string) => `${now} / about ${last}`,
    zh: (now: string, last: string) => `${now} / 约 ${last}`,
  },
  tookOfRun: {
    en: (counts: string, took: string, run: string) => `${counts} · ${took} · run ${run}`,
    zh: (counts: string, took: string, run: string) => `${counts} · ${took} · 运行 ${run}`,
  },
  thenResume: {
    en: (resume: string) => `fix the problem, then continue with \`${resume}\``,
    zh: (resume: string) => `修正之后用 \`${resume}\` 继续`,
  },
  thenSave: {
    en: 'mend the page and save it: the run then continues',
    zh: '修正页面并保存，就会接着运行',
  },
  allOutput: {
    en: (show: string) => `all output: \`${show}\``,
    zh: (show: string) => `全部输出：\`${show}\``,
  },
  firstRun: {
    en: (command: string) => `first run \`${command}\``,
    zh: (command: string) => `先运行 \`${command}\``,
  },
  differentOutputs: {
    en: (steps: string) => `printed different things on these hosts: ${steps}`,
    zh: (steps: string) => `在各主机上输出不同的步骤：${steps}`,
  },
  theRun: {
    en: (run: string, status: string) => `Run ${run}: ${status}`,
    zh: (run: string, status: string) => `运行 ${run}：${status}`,
  },
  running: { en: 'running', zh: '运行中' },
  step: { en: 'step', zh: '步骤' },
  host: { en: 'host', zh: '主机' },
  result: { en: 'result', zh: '结果' },
  time: { en: 'time', zh: '耗时' },
  note: { en: 'note', zh: '说明' },
  title: { en: 'title', zh: '标题' },

  // A failed step.
  place: {
    en: (id: string, host: string) => `step \`${id}\`, on ${host}`,
    zh: (id: string, host: string) => `步骤 \`${id}\`，在 ${host} 上`,
  },
  placeOfCommand: {
    en: (id: string, number: number, total: number, host: string) =>
      `step \`${id}\`, command ${number} of ${total}, on ${host}`,
    zh: (id: string, number: number, total: number, host: string) =>
      `步骤 \`${id}\`，第 ${number} / ${total} 条命令，在 ${host} 上`,
  },
  exited: {
    en: (status: number) => `the command exited with status ${status}`,
    zh: (status: number) => `命令的退出状态是 ${status}`,
  },
  pageAnswers: {
    en: (target: string) => `the page has an answer to this: ${target}`,
    zh: (target: string) => `这一页对此有说明：${target}`,
  },
  providedBy: {
    en: (id: string) => `step \`${id}\` of this page provides it`,
    zh: (id: string) => `这一页的步骤 \`${id}\` 可以满足它`,
  },
  stopAsking: {
    en: 'give the command a flag that stops it from asking (such as `-y`), or write a `dialog` block after the step',
    zh: '给命令加上不再询问的参数（如 `-y`），或在步骤后面写一个 `dialog` 代码块',
  },
  raiseTimeout: {
    en: 'write `timeout=10m` if it takes longer, `background` if it runs until it is stopped',
    zh: '需要更久就写 `timeout=10m`；不会结束的命令写 `background`',
  },

  // The subject of a step.
  loses: {
    en: (what: string) => `loses: ${what}`,
    zh: (what: string) => `会失去：${what}`,
  },
  moreLines: {
    en: (count: number) => `${count} more lines, see the page`,
    zh: (count: number) => `还有 ${count} 行，见页面`,
  },
  fileEqual: {
    en: 'the file on the host is already up to date',
    zh: '主机上的文件已是这个内容',
  },
  notCompared: {
    en: (why: string) => `not compared: ${why}`,
    zh: (why: string) => `无法与主机上的文件比较：${why}`,
  },
  mayBeMade: {
    en: 'earlier steps may make or change it',
    zh: '前面的步骤可能会创建或改动它',
  },
  newFile: { en: 'new file', zh: '新文件' },
  changesMode: {
    en: (from: string, to: string) => `mode ${from} → ${to}`,
    zh: (from: string, to: string) => `权限 ${from} → ${to}`,
  },
  diffSecret: {
    en: 'the diff is not shown: the text holds a secret',
    zh: '内容里有敏感信息，不显示差异',
  },
  diffTooLarge: { en: 'the file is too large for a diff', zh: '文件太大，不显示差异' },

  // A plan.
  notAsked: { en: 'not asked', zh: '没有检查' },
  notAskedChecks: {
    en: (checks: string) => `not asked: ${checks}`,
    zh: (checks: string) => `没有检查：${checks}`,
  },
  found: {
    en: (actual: string) => `found: ${actual}`,
    zh: (actual: string) => `现在：${actual}`,
  },
  mayBeMet: {
    en: (check: string) => `${check} does not hold now and may be met by earlier steps`,
    zh: (check: string) => `${check} 现在不成立，前面的步骤可能会满足它`,
  },
  waitsForStep: {
    en: (id: string, check: string) => `waits for step \`${id}\` (${check})`,
    zh: (id: string, check: string) => `等待步骤 \`${id}\`（${check}）`,
  },
  nothingRun: { en: 'Nothing was run.', zh: '什么都没有运行。' },
  onlyChecksRun: { en: 'Nothing but checks was run.', zh: '除了检查，什么都没有运行。' },
  unasked: {
    en: (done: string, count: number) =>
      `${done} Checks that run a program or open a connection, not asked: ${count}; \`--run-checks\` asks them.`,
    zh: (done: string, count: number) =>
      `${done}有 ${count} 个检查会运行命令或连接网络，没有进行；加上 \`--run-checks\` 才会进行。`,
  },
  needsUnmet: {
    en: (done: string) => `The page needs what does not hold. ${done}`,
    zh: (done: string) => `页面的前提不成立。${done}`,
  },
  summary: {
    en: (counts: string, done: string) => `${counts}. ${done}`,
    zh: (counts: string, done: string) => `${counts}。${done}`,
  },
  asks: { en: 'asks', zh: '会询问' },
  values: { en: 'values', zh: '取值' },
  secret: { en: 'secret', zh: '敏感' },
  orSet: {
    en: (variable: string, name: string) => `${variable} (or set ${name})`,
    zh: (variable: string, name: string) => `${variable}（或设置环境变量 ${name}）`,
  },

  // Limits of a run.
  limits: {
    en: (all: string) => `limits: ${all}`,
    zh: (all: string) => `限制：${all}`,
  },
  commandAtMost: {
    en: (time: string) => `each command at most ${time}`,
    zh: (time: string) => `每条命令最长 ${time}`,
  },
  hostsAtATime: {
    en: (count: number) => `at most ${count} hosts at a time`,
    zh: (count: number) => `同时最多 ${count} 台主机`,
  },
  canary: {
    en: (count: number) => `${count} first`,
    zh: (count: number) => `先运行 ${count} 台`,
  },
  batches: {
    en: (percent: number) => `batches of ${percent}%`,
    zh: (percent: number) => `每批 ${percent}%`,
  },
  maxFail: {
    en: (percent: number) => `no further batch once more than ${percent}% failed`,
    zh: (percent: number) => `失败超过 ${percent}% 就不再继续`,
  },
})
