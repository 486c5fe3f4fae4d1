/** Errors of a run's journal. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  unwritable: {
    en: (file: string, why: string) => `the journal cannot be written: ${file}: ${why}`,
    zh: (file: string, why: string) => `无法写入运行日志 ${file}：${why}`,
  },
  inUse: {
    en: (pid: string, folder: string) => `the run is in use by process ${pid}: ${folder}`,
    zh: (pid: string, folder: string) => `进程 ${pid} 正在使用这次运行：${folder}`,
  },
  notAnEvent: {
    en: (place: string) => `${place} is not an event of a run`,
    zh: (place: string) => `${place} 不是运行的事件`,
  },
  noRuns: { en: 'no runs in this project', zh: '这个项目还没有运行过' },
  startOne: { en: 'start one with `runbook exec`', zh: '用 `runbook exec` 开始一次' },
  ambiguous: {
    en: (text: string, runs: string) => `ambiguous run \`${text}\`: it may be ${runs}`,
    zh: (text: string, runs: string) => `\`${text}\` 对应多次运行：${runs}`,
  },
  noSuchRun: {
    en: (text: string) => `no such run: \`${text}\``,
    zh: (text: string) => `没有运行 \`${text}\``,
  },
  seeRuns: { en: 'see `runbook runs`', zh: '用 `runbook runs` 查看' },
  requestUnreadable: {
    en: (file: string) => `${file}: the request of the run cannot be read`,
    zh: (file: string) => `${file}：无法读取这次运行的参数`,
  },
  otherVersion: {
    en: (file: string) => `${file} is not of this version`,
    zh: (file: string) => `${file} 不是这个版本写的`,
  },
  startAgain: {
    en: 'start the run again with `runbook exec`',
    zh: '用 `runbook exec` 重新开始',
  },
  foreign: {
    en: (run: string, why: string) => `run \`${run}\` is not trusted: ${why}`,
    zh: (run: string, why: string) => `不能使用运行 \`${run}\`：${why}`,
  },
  continueWhereMade: {
    en: 'continue a run where it was made, or start it again with `runbook exec`',
    zh: '在产生它的地方继续，或用 `runbook exec` 重新开始',
  },
  notRegular: {
    en: (path: string) => `\`${path}\` is a link or not a regular file`,
    zh: (path: string) => `\`${path}\` 是链接，或不是普通文件`,
  },
  othersFile: {
    en: (path: string, uid: number) => `\`${path}\` belongs to another user (uid ${uid})`,
    zh: (path: string, uid: number) => `\`${path}\` 属于别的用户（uid ${uid}）`,
  },
  notPrivate: {
    en: (path: string, mode: string) =>
      `\`${path}\` is not private (mode ${mode}), as this program makes it`,
    zh: (path: string, mode: string) =>
      `\`${path}\` 对别的用户开放（权限 ${mode}），不是本程序写出的样子`,
  },
  tracked: {
    en: 'git tracks it, so it came with the repository',
    zh: 'git 跟踪着它，它是随仓库来的',
  },
  gitUnsure: {
    en: (said: string) => `git cannot say whether it came with the repository: ${said}`,
    zh: (said: string) => `git 无法判断它是否随仓库而来：“${said}”`,
  },
})
