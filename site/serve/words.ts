/** The words of the run buttons, in the language of the page. */

const en = {
  run: 'Run',
  runThis: 'Run this step',
  fromHere: 'Run from here',
  runPage: 'Run the page',
  stepwise: 'Ask before each step',
  stop: 'Stop',
  resume: 'Resume',
  host: 'Host',
  of: (at: number, all: number) => `step ${at} of ${all}`,
  lastTime: (text: string) => `last run took ${text}`,
  exit: (code: number) => `exit ${code}`,
  cutTo: (lines: number) => `the last ${lines} lines`,
  pageChanged: 'The page has changed since it was loaded. Load it again.',
  reload: 'Load again',
  lostLink: 'The server does not answer. The run goes on; the page tries again.',
  noToken: 'This tab has no token: open the address that `runbook serve` printed.',
  readOnly: 'read only',
  pageErrors: 'The page has errors and cannot be run:',
  status: {
    running: 'running',
    passed: 'passed',
    changed: 'changed',
    skipped: 'skipped',
    failed: 'failed',
    confirmed: 'confirmed',
    cancelled: 'cancelled',
    lost: 'lost',
    unknown: 'unknown',
  },
  ended: {
    passed: 'The run has passed.',
    failed: 'The run has failed.',
    cancelled: 'The run was cancelled.',
    lost: 'The run lost its host.',
  },
  broken: 'The run was cut off. It can be resumed.',
  asks: {
    danger: 'Dangerous',
    manual: 'By hand',
    lost: 'Connection lost, result unknown',
    step: 'Next step',
    failure: 'It failed',
    line: 'Input needed',
  },
  answers: {
    runIt: 'Run it',
    done: 'Done',
    skip: 'Skip',
    stop: 'Stop the run',
    again: 'Run it again',
    takeAsDone: 'Take it as done',
    retry: 'Retry',
    edit: 'Edit',
    runEdited: 'Run what I edited',
    send: 'Send',
  },
  as: (user: string, host: string) => `as ${user} on ${host}`,
}

export type RunWords = typeof en

const zh: RunWords = {
  run: '运行',
  runThis: '运行这一步',
  fromHere: '从这里开始运行',
  runPage: '运行本页',
  stepwise: '每步运行前确认',
  stop: '停止',
  resume: '继续运行',
  host: '主机',
  of: (at, all) => `第 ${at} 步，共 ${all} 步`,
  lastTime: (text) => `上次用时 ${text}`,
  exit: (code) => `退出状态 ${code}`,
  cutTo: (lines) => `最后 ${lines} 行`,
  pageChanged: '页面在载入之后被改动，请重新载入。',
  reload: '重新载入',
  lostLink: '服务没有响应。运行仍在继续，页面会重试。',
  noToken: '这个标签页没有令牌：请打开 `runbook serve` 输出的地址。',
  readOnly: '只读',
  pageErrors: '页面有错误，不能运行：',
  status: {
    running: '运行中',
    passed: '通过',
    changed: '已改动',
    skipped: '跳过',
    failed: '失败',
    confirmed: '已确认',
    cancelled: '已取消',
    lost: '失去联系',
    unknown: '未知',
  },
  ended: {
    passed: '运行通过。',
    failed: '运行失败。',
    cancelled: '运行已取消。',
    lost: '与主机失去联系。',
  },
  broken: '运行中断，可以继续。',
  asks: {
    danger: '危险操作',
    manual: '人工步骤',
    lost: '连接中断，结果未知',
    step: '下一步',
    failure: '失败',
    line: '等待输入',
  },
  answers: {
    runIt: '执行',
    done: '已完成',
    skip: '跳过',
    stop: '停止运行',
    again: '再运行一次',
    takeAsDone: '按已完成处理',
    retry: '重试',
    edit: '修改',
    runEdited: '执行修改后的内容',
    send: '发送',
  },
  as: (user, host) => `在 ${host} 上以 ${user} 身份运行`,
}

export function runWords(): RunWords {
  return /^zh/i.test(document.documentElement.lang) ? zh : en
}

/** `1.2 s`, `3 min 4 s`. */
export function shownDuration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
