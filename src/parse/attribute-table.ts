/**
 * Every attribute of a fence. The parser, `runbook explain`, shell completion and the site's
 * reference read this table.
 */

/** Kinds of fences, as far as attributes differ. */
export type FenceKind =
  | 'shell'
  | 'console'
  | 'script'
  | 'file'
  | 'patch'
  | 'output'
  | 'dialog'
  | 'prose'

export type AttributeType =
  | 'flag'
  | 'checks'
  | 'command'
  | 'duration'
  | 'edit'
  | 'exit'
  | 'id'
  | 'match'
  | 'mode'
  | 'names'
  | 'on-error'
  | 'path'
  | 'retry'
  | 'role'
  | 'signal'
  | 'step'
  | 'steps'
  | 'stream'
  | 'tags'
  | 'text'
  | 'user'

export interface AttributeInfo {
  readonly type: AttributeType
  readonly on: readonly FenceKind[]
  readonly zh: string
  readonly en: string
  readonly example: string
}

const steps = ['shell', 'console', 'script', 'file', 'patch'] as const
const running = ['shell', 'console', 'script'] as const

export const attributeTable = {
  id: {
    type: 'id',
    on: steps,
    zh: '步骤的地址，在页面里唯一',
    en: 'the address of the step, unique in its page',
    example: '{#install}',
  },
  on: {
    type: 'role',
    on: steps,
    zh: '在哪个角色的主机上运行',
    en: 'the role whose host runs it',
    example: 'on=workstation',
  },
  as: {
    type: 'user',
    on: steps,
    zh: '用 sudo 以哪个用户的身份运行',
    en: 'the user that runs it, by sudo',
    example: 'as=root',
  },
  dir: {
    type: 'path',
    on: running,
    zh: '只对这一步有效的起始目录',
    en: 'the starting folder, for this step only',
    example: 'dir=/srv/app',
  },
  needs: {
    type: 'checks',
    on: steps,
    zh: '运行前必须成立的条件，否则停在这里',
    en: 'checks that must hold before the step; otherwise the run stops here',
    example: 'needs=cmd:git>=2.20',
  },
  when: {
    type: 'checks',
    on: steps,
    zh: '不成立就跳过这一步',
    en: 'checks that must hold; otherwise the step is skipped',
    example: 'when=os:centos@7',
  },
  unless: {
    type: 'checks',
    on: steps,
    zh: '成立就说明已经做过，跳过这一步',
    en: 'checks that mean "already done": the step is skipped',
    example: 'unless=service:mysqld',
  },
  ensures: {
    type: 'checks',
    on: steps,
    zh: '运行后必须成立的条件，在 within 的时间内反复询问',
    en: 'checks that must hold after the step, polled up to `within`',
    example: 'ensures=port:3306',
  },
  creates: {
    type: 'path',
    on: steps,
    zh: '等于 unless=file:PATH ensures=file:PATH',
    en: 'same as `unless=file:PATH ensures=file:PATH`',
    example: 'creates=/usr/sbin/mysqld',
  },
  timeout: {
    type: 'duration',
    on: steps,
    zh: '每条命令，或文件的每次读写，最长的时间',
    en: 'timeout of each command, or of each access to the file',
    example: 'timeout=10m',
  },
  retry: {
    type: 'retry',
    on: steps,
    zh: '失败后再试几次，每次间隔多久',
    en: 'number of retries after a failure, and the pause between them',
    example: 'retry=3/5s',
  },
  exit: {
    type: 'exit',
    on: running,
    zh: '允许的退出状态，对代码块里的每条命令都有效；`grep:1` 只对 grep 有效',
    en: 'allowed exit statuses, of every command of the block; `grep:1` of grep alone',
    example: 'exit=0,1',
  },
  background: {
    type: 'flag',
    on: ['shell'],
    zh: '在后台启动，运行结束时停止',
    en: 'started, kept for the run, stopped at its end',
    example: 'background',
  },
  ready: {
    type: 'checks',
    on: ['shell'],
    zh: '后台步骤启动完成的标志',
    en: 'checks that hold once a background step is ready',
    example: 'ready=port:8000',
  },
  within: {
    type: 'duration',
    on: steps,
    zh: 'ensures 与 ready 最多等多久',
    en: 'how long `ensures` and `ready` are polled',
    example: 'within=30s',
  },
  stop: {
    type: 'signal',
    on: ['shell'],
    zh: '用哪个信号停止后台步骤',
    en: 'the signal that stops a background step',
    example: 'stop=INT',
  },
  reboot: {
    type: 'flag',
    on: ['shell'],
    zh: '主机会重新启动',
    en: 'the host goes down and comes back',
    example: 'reboot',
  },
  always: {
    type: 'flag',
    on: steps,
    zh: '前面失败了也要运行（清理）',
    en: 'runs even after a failure (clean-up)',
    example: 'always',
  },
  undo: {
    type: 'step',
    on: steps,
    zh: '撤销这一步的步骤',
    en: 'the step that undoes this one',
    example: 'undo=remove-user',
  },
  reverts: {
    type: 'steps',
    on: steps,
    zh: '清理步骤撤销了哪些步骤的结果：`resume` 会重新运行它们；`*` 是这一页前面的全部步骤',
    en: 'the steps that this clean-up reverts: `resume` runs them again; `*` is every step before it',
    example: 'always reverts=*',
  },
  danger: {
    type: 'text',
    on: steps,
    zh: '会失去什么；运行前要按名字确认',
    en: 'what may be lost; asks for confirmation by name',
    example: 'danger="删除数据库 test"',
  },
  captures: {
    type: 'names',
    on: running,
    zh: '这一步的输出可以设置的变量',
    en: 'names that the output of this step may set',
    example: 'captures=VERSION',
  },
  secret: {
    type: 'names',
    on: running,
    zh: '同 captures，但值以常见编码出现时也被遮盖（docs/SECURITY.md 列出了这些编码）；分开打印、散列或压缩过的认不出来',
    en: 'as `captures`, but the values are masked, also in the usual encodings (docs/SECURITY.md lists them); not if a command prints parts of them, hashes or compresses them',
    example: 'secret=TEMP_PASSWORD',
  },
  run: {
    type: 'command',
    on: ['script'],
    zh: '把代码块的内容作为这条命令的标准输入',
    en: 'the block is the standard input of this command',
    example: 'run="mysql -uroot"',
  },
  file: {
    type: 'path',
    on: ['file', 'patch'],
    zh: '主机上的这个文件变成代码块的内容',
    en: "the host's file becomes exactly this text",
    example: 'file=/etc/my.cnf.d/policy.cnf',
  },
  mode: {
    type: 'mode',
    on: ['file'],
    zh: '文件的权限',
    en: 'the mode of the file',
    example: 'mode=0644',
  },
  edit: {
    type: 'edit',
    on: ['file'],
    zh: '只修改文件的一部分：section、line 或 block',
    en: 'changes only a part of the file: `section`, `line` or `block`',
    example: 'edit=section',
  },
  expand: {
    type: 'flag',
    on: ['script', 'file'],
    zh: '把声明过的变量 ${NAME} 换成它的值',
    en: '`${NAME}` of a declared variable becomes its value',
    example: 'expand',
  },
  for: {
    type: 'step',
    on: ['output', 'dialog'],
    zh: '这个代码块属于哪一步',
    en: 'the step that this block belongs to',
    example: 'for=install',
  },
  match: {
    type: 'match',
    on: ['output'],
    zh: '比较的方式：contains 或 json',
    en: 'how to compare: `contains` or `json`',
    example: 'match=contains',
  },
  stream: {
    type: 'stream',
    on: ['output'],
    zh: '只比较哪一个输出流',
    en: 'the one stream to compare',
    example: 'stream=stderr',
  },
  private: {
    type: 'flag',
    on: running,
    zh: '输出不显示，也不保存',
    en: 'the output is neither shown nor stored',
    example: 'private',
  },
  tags: {
    type: 'tags',
    on: steps,
    zh: '标签，供 --tag 选择',
    en: 'labels, for `--tag`',
    example: 'tags=cleanup',
  },
  title: {
    type: 'text',
    on: steps,
    zh: '列表与网站上显示的标题',
    en: 'the title in lists and on the site',
    example: 'title="安装"',
  },
  'on-error': {
    type: 'on-error',
    on: running,
    zh: '对已知错误，页面自己的解答',
    en: "the page's own answer to a known failure",
    example: 'on-error="/Access denied/ -> 04-mysql.md#password"',
  },
  example: {
    type: 'flag',
    on: ['shell', 'console', 'output', 'dialog', 'prose'],
    zh: '只是示例，不运行',
    en: 'an example: never run',
    example: 'example',
  },
  nocompare: {
    type: 'flag',
    on: ['shell', 'console', 'script', 'output'],
    zh: '运行，但不比较输出；输出仍可设置变量',
    en: 'run, but the output is not compared; it may still set variables',
    example: 'nocompare',
  },
} as const satisfies Record<string, AttributeInfo>

export type AttributeName = keyof typeof attributeTable

export function isAttributeName(name: string): name is AttributeName {
  return Object.hasOwn(attributeTable, name)
}

export function attributeInfo(name: AttributeName): AttributeInfo {
  return attributeTable[name]
}
