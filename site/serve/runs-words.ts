/** The words of the pages of runs, in the language of the document. */

import { catalogue, type Lang, langNamed } from '../../src/model/message.ts'

export const runsWords = catalogue({
  runs: { en: 'Runs', zh: '运行记录' },
  pages: { en: 'Pages', zh: '页面' },
  noToken: {
    en: 'This tab has no token: open the address that `runbook serve` printed.',
    zh: '这个标签页没有令牌：请打开 `runbook serve` 输出的地址。',
  },
  lostLink: {
    en: 'The server does not answer. Runs go on; the page tries again.',
    zh: '服务没有响应。运行仍在继续，页面会重试。',
  },
  none: { en: 'No run yet.', zh: '还没有运行。' },
  noneFits: { en: 'No run fits the filters.', zh: '没有符合筛选条件的运行。' },
  count: {
    en: (shown: number, all: number) => `${shown} of ${all} runs`,
    zh: (shown: number, all: number) => `共 ${all} 次运行，显示 ${shown} 次`,
  },
  all: { en: 'all', zh: '全部' },
  page: { en: 'Page', zh: '页面' },
  host: { en: 'Host', zh: '主机' },
  state: { en: 'State', zh: '状态' },
  person: { en: 'Person', zh: '人员' },
  began: { en: 'Began', zh: '开始时间' },
  steps: { en: 'Steps', zh: '步骤' },
  took: { en: 'Took', zh: '用时' },
  compare: { en: 'Compare', zh: '比较' },
  compareTwo: { en: 'Compare the two', zh: '比较选中的两次' },
  compareChoose: { en: 'Choose two runs to compare', zh: '选择两次运行进行比较' },
  chooseRun: {
    en: (run: string) => `Choose ${run} to compare`,
    zh: (run: string) => `选择 ${run} 进行比较`,
  },
  compareWith: { en: 'Compare with …', zh: '与…比较' },
  timeline: { en: 'Timeline', zh: '时间线' },
  byStep: { en: 'By step', zh: '按步骤' },
  byHost: { en: 'By host', zh: '按主机' },
  log: { en: 'Output', zh: '输出' },
  openAll: { en: 'Open all outputs', zh: '展开全部输出' },
  closeAll: { en: 'Close all', zh: '全部收起' },
  save: { en: 'Save', zh: '保存' },
  saveOutput: {
    en: (step: string) => `Save the output of ${step}`,
    zh: (step: string) => `保存 ${step} 的输出`,
  },
  allLines: { en: 'all lines', zh: '全部输出' },
  lines: {
    en: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    zh: (count: number) => `${count} 行`,
  },
  loading: { en: 'loading …', zh: '正在载入…' },
  noOutput: { en: 'It printed nothing.', zh: '没有输出。' },
  restSaved: {
    en: (count: number) => `Only the first ${count} lines are shown; save the output for the rest.`,
    zh: (count: number) => `只显示前 ${count} 行，其余请保存后查看。`,
  },
  liveTail: {
    en: (count: number) => `the last ${count} lines; all of them once the step has ended`,
    zh: (count: number) => `最后 ${count} 行；步骤结束后可以查看全部`,
  },
  stop: { en: 'Stop', zh: '停止' },
  resume: { en: 'Resume', zh: '继续运行' },
  undo: { en: 'Undo', zh: '撤销' },
  undoSure: {
    en: 'Undo: restore the files and run the undo steps of this run?',
    zh: '撤销：恢复这次运行修改的文件，并运行它的撤销步骤？',
  },
  undone: { en: (run: string) => `undone by ${run}`, zh: (run: string) => `已被 ${run} 撤销` },
  undoes: { en: (run: string) => `undoes ${run}`, zh: (run: string) => `撤销 ${run}` },
  report: { en: 'Report', zh: '报告' },
  plainText: { en: 'Text', zh: '文本' },
  record: { en: 'Make this the record', zh: '作为记录' },
  recordPart: {
    en: 'Not all steps passed: only those that did are recorded.',
    zh: '并非所有步骤都通过：只记录通过的步骤。',
  },
  recordOf: {
    en: (platform: string, host: string, steps: number) =>
      `record for ${platform}, from ${host}: ${steps} steps`,
    zh: (platform: string, host: string, steps: number) =>
      `${platform} 的记录，来自 ${host}：${steps} 个步骤`,
  },
  nothingToRecord: { en: 'nothing to record', zh: '没有可以记录的内容' },
  pageChanged: {
    en: (steps: string) => `not recorded: changed on the page since this run: ${steps}`,
    zh: (steps: string) => `不能记录：这些步骤在运行之后被改动：${steps}`,
  },
  linesToAccept: {
    en: 'Lines that the page would change: accept them one by one.',
    zh: '页面将要改动的行，请逐行确认。',
  },
  pageFits: { en: 'The page already says what was printed.', zh: '页面与输出一致。' },
  holes: {
    en: (rules: string) => `holes by rule: ${rules}`,
    zh: (rules: string) => `按规则留空：${rules}`,
  },
  acceptAll: { en: 'Accept all lines', zh: '接受全部' },
  acceptNone: { en: 'Accept none', zh: '全部不接受' },
  writeRecord: { en: 'Write the record', zh: '写入记录' },
  cancel: { en: 'Cancel', zh: '取消' },
  written: {
    en: (files: string) => `Written: ${files}`,
    zh: (files: string) => `已写入：${files}`,
  },
  recordStale: {
    en: 'The page or the run has changed since this was shown: look again.',
    zh: '页面或运行在显示之后发生了变化：请重新查看。',
  },
  lookAgain: { en: 'Look again', zh: '重新查看' },
  same: { en: 'same', zh: '相同' },
  differs: { en: 'differs', zh: '不同' },
  onlyHere: { en: 'only here', zh: '仅此一次' },
  difference: { en: 'Difference', zh: '差异' },
  slower: { en: 'Change', zh: '变化' },
  differsMuch: {
    en: 'The outputs differ in too many lines to draw.',
    zh: '输出相差太多，无法逐行显示。',
  },
  running: { en: 'running', zh: '运行中' },
  broken: { en: 'cut off', zh: '中断' },
  exit: { en: (code: number) => `exit ${code}`, zh: (code: number) => `退出状态 ${code}` },
})

export function documentLang(): Lang {
  return langNamed(document.documentElement.lang) ?? 'en'
}
