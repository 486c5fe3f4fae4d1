/** Texts about the database of the workers. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  oldNode: {
    en: (needed: string, actual: string) =>
      `workers need Node ${needed} or later, and this is ${actual}`,
    zh: (needed: string, actual: string) =>
      `worker 需要 Node ${needed} 或更新的版本，而这是 ${actual}`,
  },
  notInstalled: {
    en: '`pg` and `pg-boss` are not installed',
    zh: '没有安装 `pg` 和 `pg-boss`',
  },
  install: {
    en: 'install them beside runbook: `npm install pg pg-boss`',
    zh: '把它们和 runbook 装在一起：`npm install pg pg-boss`',
  },
  unreachable: {
    en: (reason: string) => `cannot use the database: ${reason}`,
    zh: (reason: string) => `无法使用数据库：${reason}`,
  },
  checkUrl: {
    en: 'check `RUNBOOK_DB`, and that PostgreSQL runs and accepts this login',
    zh: '检查 `RUNBOOK_DB`，并确认 PostgreSQL 在运行并接受这个登录',
  },
  noTables: {
    en: 'the database has no tables of runbook',
    zh: '数据库里没有 runbook 的表',
  },
  otherVersion: {
    en: (found: number, needed: number) =>
      `the database has version ${found} of the tables, and this program needs ${needed}`,
    zh: (found: number, needed: number) =>
      `数据库里的表是第 ${found} 版，而这个程序需要第 ${needed} 版`,
  },
  runInit: {
    en: 'run `runbook fleet init` once',
    zh: '先运行一次 `runbook fleet init`',
  },
  updateProgram: {
    en: 'install a newer runbook on this machine',
    zh: '在这台机器上安装更新的 runbook',
  },
  claimLost: {
    en: 'another process has taken over',
    zh: '另一个进程已经接手',
  },
})
