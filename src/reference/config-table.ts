/**
 * Every key of `runbook.yml`. The file's reader, `runbook explain` and the guide's last chapter use
 * this table.
 */

export interface ConfigInfo {
  /** Its syntax, on one line. */
  readonly form: string
  readonly zh: string
  readonly en: string
  /** Lines of YAML. */
  readonly example: string
  /** Whether the user's own file may have it too. */
  readonly own: boolean
}

export const configTable = {
  pages: {
    form: 'pages: FOLDER',
    zh: '页面所在的目录，在项目里；默认是 `runbook/`，没有它时是项目目录',
    en: 'the folder of the pages, in the project; default: `runbook/` if it exists, else the project itself',
    example: 'pages: docs/runbooks',
    own: false,
  },
  'ssh-config': {
    form: 'ssh-config: FILE',
    zh: '项目自带的 ssh 配置，先于 `~/.ssh/config`；其中会启动程序的设置要先得到同意',
    en: 'an ssh configuration of the project, read before `~/.ssh/config`; what would start a program in it needs consent',
    example: 'ssh-config: hosts/ssh_config',
    own: false,
  },
  groups: {
    form: 'groups: { NAME: [HOST, …] }',
    zh: '几台主机的共同名字，用于 `--host NAME`',
    en: 'a name for several hosts, for `--host NAME`',
    example: 'groups:\n  web: [web1, web2]',
    own: true,
  },
  hosts: {
    form: 'hosts: { NAME: { vars: { NAME: value }, command: [PROGRAM, ARGUMENT, …] } }',
    zh: '一台主机的变量，以及给出 bash 的命令（在项目的文件里要先 `runbook trust`）',
    en: 'variables of a host, and a command that gives a bash there (of a project only after `runbook trust`)',
    example: 'hosts:\n  lab:\n    command: [podman, exec, -i, lab, bash]\n    vars: { PORT: 8080 }',
    own: true,
  },
  vars: {
    form: 'vars: { NAME: value }',
    zh: '页面变量的值，优先于页面自己的 `default`',
    en: "values of the pages' variables, before the page's own `default`",
    example: 'vars:\n  DB_NAME: shop',
    own: true,
  },
  secrets: {
    form: 'secrets: { NAME: { command: COMMAND } }',
    zh: '打印密码的命令（在项目的文件里要先 `runbook trust`）',
    en: 'a command that prints a secret (of a project only after `runbook trust`)',
    example: 'secrets:\n  DB_PASSWORD: { command: [pass, show, db] }',
    own: true,
  },
  database: {
    form: 'database: postgres://[USER@]HOST[:PORT]/NAME',
    zh: 'worker 共用的 PostgreSQL；环境变量 `RUNBOOK_DB` 优先（在项目的文件里要先 `runbook trust`，且不写密码）',
    en: "the workers' PostgreSQL; `RUNBOOK_DB` in the environment comes first (of a project only after `runbook trust`, and without a password)",
    example: 'database: postgres://db.example.com/runbook',
    own: true,
  },
  lang: {
    form: 'lang: zh|en',
    zh: '消息与网站的语言',
    en: 'the language of messages and of the site',
    example: 'lang: en',
    own: true,
  },
  title: {
    form: 'title: TEXT',
    zh: '网站的名字',
    en: 'the name of the site',
    example: 'title: Operations',
    own: false,
  },
} as const satisfies Record<string, ConfigInfo>

export type ConfigKey = keyof typeof configTable
