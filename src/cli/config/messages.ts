/** Errors in a configuration file; each sentence begins with its position. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  at: {
    en: (place: string, problem: string) => `${place}: ${problem}`,
    zh: (place: string, problem: string) => `${place}：${problem}`,
  },
  ofKey: {
    en: (place: string, key: string, problem: string) => `${place}: \`${key}\`: ${problem}`,
    zh: (place: string, key: string, problem: string) => `${place}：\`${key}\`：${problem}`,
  },
  localIsHere: { en: '`local` is this computer', zh: '`local` 是本机' },
  noProgram: { en: 'the program has no name', zh: '没有写程序名' },
  notAVariable: {
    en: (name: string) => `\`${name}\` is not a variable name`,
    zh: (name: string) => `\`${name}\` 不是变量名`,
  },
  notInThisVersion: {
    en: (key: string) => `\`${key}\` is not supported by this version`,
    zh: (key: string) => `这个版本不支持 \`${key}\``,
  },
  hasNoEffect: { en: 'remove it: it has no effect', zh: '删掉它：它不起作用' },
  ofProjects: {
    en: (key: string) => `\`${key}\` belongs to a project`,
    zh: (key: string) => `\`${key}\` 是项目的设置`,
  },
  putIntoProject: {
    en: "put it into the project's `runbook.yml`",
    zh: '写到项目的 `runbook.yml` 里',
  },
  unknownKey: {
    en: (key: string) => `unknown key \`${key}\``,
    zh: (key: string) => `不认识的键 \`${key}\``,
  },
  theKeys: {
    en: (keys: string) => `the keys here are ${keys}`,
    zh: (keys: string) => `这里的键有 ${keys}`,
  },
  wrongForm: {
    en: (key: string) => `\`${key}\` has the wrong form`,
    zh: (key: string) => `\`${key}\` 的写法不对`,
  },
  wrongFile: { en: 'this file has the wrong form', zh: '这个文件的写法不对' },
  writeAs: {
    en: (form: string) => `write it as ${form}`,
    zh: (form: string) => `写成 ${form}`,
  },
  writeKeyValue: { en: 'write it as `KEY: value` lines', zh: '每行写 `KEY: value`' },
  notRegular: {
    en: (file: string) => `\`${file}\` is not a regular file`,
    zh: (file: string) => `\`${file}\` 不是普通文件`,
  },
  writableByOthers: {
    en: (file: string) => `\`${file}\` can be written by others, and names programs to start here`,
    zh: (file: string) => `别的用户可以写 \`${file}\`，而它指定要在这里启动的程序`,
  },
  makeItYours: {
    en: (file: string) => `make it yours: \`chown "$USER" ${file}\`, \`chmod go-w ${file}\``,
    zh: (file: string) => `把它改为自己的：\`chown "$USER" ${file}\`、\`chmod go-w ${file}\``,
  },
  tooDeep: { en: 'it nests too deep', zh: '嵌套过深' },
  writeFlatter: { en: 'write it flatter', zh: '减少嵌套' },
  keyNotText: { en: 'a key is a plain text', zh: '键必须是文本' },
  notAName: {
    en: '`__proto__` cannot be a name here',
    zh: '`__proto__` 不能作名称',
  },
  chooseAnother: { en: 'choose another', zh: '换一个名称' },
  passwordInUrl: { en: 'contains a password', zh: '含有密码' },
  passwordElsewhere: {
    en: 'put the password into `~/.pgpass` or `PGPASSWORD`',
    zh: '把密码放进 `~/.pgpass` 或 `PGPASSWORD`',
  },
})
