/** Texts about trusting a project. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  wouldStart: {
    en: (place: string, key: string, command: string) =>
      `${place}: \`${key}\` would start ${command}, and this project is not trusted`,
    zh: (place: string, key: string, command: string) =>
      `${place}：\`${key}\` 会启动 ${command}，而这个项目还没有被信任`,
  },
  wouldConnect: {
    en: (place: string, key: string, address: string) =>
      `${place}: \`${key}\` would connect to ${address}, and this project is not trusted`,
    zh: (place: string, key: string, address: string) =>
      `${place}：\`${key}\` 会连接 ${address}，而这个项目还没有被信任`,
  },
  connects: { en: 'would connect this computer to:', zh: '会让这台电脑连接：' },
  seeAndTrust: {
    en: (command: string) => `see what it would start, and trust it: \`${command}\``,
    zh: (command: string) => `查看会启动什么并信任它：\`${command}\``,
  },
  ask: {
    en: (subject: string) => `${subject}Trust exactly this, until it changes? Type yes: `,
    zh: (subject: string) => `${subject}信任这些，直到它们改变？输入 yes 信任: `,
  },
  othersProject: {
    en: (uid: number) => `belongs to another user (uid ${uid}), who can change it at any time`,
    zh: (uid: number) => `属于另一个用户（uid ${uid}），对方可以随时修改`,
  },
  starts: { en: 'would start on this computer:', zh: '会在这台电脑上启动：' },
  trusted: {
    en: (project: string) => `${project}: trusted`,
    zh: (project: string) => `${project}：已信任`,
  },
  notTrusted: {
    en: (project: string) => `${project}: not trusted`,
    zh: (project: string) => `${project}：没有信任`,
  },
  needsNone: {
    en: (project: string) => `${project}: nothing in it needs trust`,
    zh: (project: string) => `${project}：没有需要信任的内容`,
  },
  revoked: {
    en: (project: string) => `${project}: no longer trusted`,
    zh: (project: string) => `${project}：不再信任`,
  },
  wasNotTrusted: {
    en: (project: string) => `${project}: was not trusted`,
    zh: (project: string) => `${project}：原本就没有信任`,
  },
  exclude: {
    en: '`--list`, `--revoke` and `--yes` exclude each other',
    zh: '`--list`、`--revoke` 和 `--yes` 不能同时使用',
  },
  noSuchFolder: {
    en: (folder: string) => `no such folder: \`${folder}\``,
    zh: (folder: string) => `目录 \`${folder}\` 不存在`,
  },
  noTerminal: { en: 'no terminal to ask at', zh: '没有终端，无法询问' },
  atTerminal: {
    en: (command: string) => `at a terminal: \`${command}\`; or read the above, then add \`--yes\``,
    zh: (command: string) => `在终端里运行 \`${command}\`；或看过以上内容后加上 \`--yes\``,
  },
  foreign: {
    en: (project: string, uid: number) =>
      `the project \`${project}\` belongs to another user (uid ${uid})`,
    zh: (project: string, uid: number) => `项目 \`${project}\` 属于另一个用户（uid ${uid}）`,
  },
  trustThatUser: {
    en: (command: string) => `if you trust that user with it: \`${command}\``,
    zh: (command: string) => `如果信任那个用户：\`${command}\``,
  },
  storeOpen: {
    en: (folder: string) => `\`${folder}\` can be written by others`,
    zh: (folder: string) => `别的用户可以写 \`${folder}\``,
  },
  removeStore: { en: 'remove it, then try again', zh: '删除它，再试一次' },
  gone: { en: 'gone', zh: '已不存在' },
  changedSince: { en: 'changed since: asks again', zh: '之后有变化，会再次询问' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  state: {
    en: (state: string) => `  (${state})`,
    zh: (state: string) => `（${state}）`,
  },
})
