/** Codes of commands in blocks. */

export const blockDocs = {
  RB0314: {
    zh: {
      title: '另一台机器的提示符',
      why: '前面的代码块用 `ssh`、`su`、`docker exec` 等打开了一个会话；这里的命令属于那个会话，却会在本页的主机上运行。',
      fix: '用 `{on=ROLE}` 或 `{as=USER}` 说明在哪里运行，或者把它写在打开会话的命令之后、同一个代码块里。',
    },
    en: {
      title: 'prompt of another machine',
      why: 'An earlier block opened a session (`ssh`, `su`, `docker exec`, …). These commands belong to that session, and would run on the host of the page.',
      fix: 'Say where they run, with `{on=ROLE}` or `{as=USER}`, or write them after the command that opens the session, in one block.',
    },
  },
  RB0315: {
    zh: {
      title: '反斜杠后面有空格',
      why: '`\\` 后面有空格时，bash 读到的是转义的空格：命令到这一行结束，下一行成了另一条命令。',
      fix: '删掉反斜杠后面的空格；`runbook lint --fix` 会自动删除。',
    },
    en: {
      title: 'blank after a backslash',
      why: 'With a blank after it, `\\` escapes that blank: the command ends with its line, and the next line is another command.',
      fix: 'Remove the blank; `runbook lint --fix` does.',
    },
  },
  RB0316: {
    zh: {
      title: '不会运行的命令',
      why: '代码块的名称不是 shell 或终端，里面却是命令：它只会显示，不会运行。',
      fix: '写 `bash`（只有命令）或 `console`（带提示符和输出）；只用来展示的写 `text` 或 `{example}`。',
    },
    en: {
      title: 'commands that are never run',
      why: 'The block holds commands, but its name is not that of a shell: it is only shown.',
      fix: 'Write `bash` (commands only) or `console` (with prompts and output). Name a block that is only shown `text`, or mark it `{example}`.',
    },
  },
  RB0703: {
    zh: {
      title: '网站把 HTML 显示成文字',
      why: '页面的正文只是数据：标签不会生效，读者看到的是标签本身。',
      fix: '用 Markdown 写；折叠的内容写 `::: details 标题`。',
    },
    en: {
      title: 'HTML is text on the site',
      why: "A page's prose is data: tags have no effect, and a reader sees the tags themselves.",
      fix: 'Write it in Markdown; what folds is `::: details TITLE`.',
    },
  },
  RB0704: {
    zh: {
      title: '脚注里的代码块',
      why: '`exec` 会运行它，而网站没有脚注：两边读到的不一样，网站会拒绝生成。',
      fix: '把代码块写在它要运行的地方。',
    },
    en: {
      title: 'block in a footnote',
      why: '`exec` runs it, and the site has no footnotes: the two readers disagree, and the build stops.',
      fix: 'Put the block where it is to be run.',
    },
  },
  RB0705: {
    zh: {
      title: '网站不接受的图片',
      why: '网站只收录项目里常见格式的图片文件：不在项目里的、带查询串的、不是图片的，都会让生成停下。',
      fix: '把图片文件放在页面旁边，从页面写起：`![文字](./a.png)`。',
    },
    en: {
      title: 'image that the site refuses',
      why: 'The site takes picture files of the project only: one outside of it, with a query, or of another type stops the build.',
      fix: 'Put the picture beside the page and name it from there: `![words](./a.png)`.',
    },
  },
  RB0814: {
    zh: {
      title: '`exit=` 对代码块里的每条命令都有效',
      why: '代码块里每条命令的退出状态都要在 `exit=` 里；正常以 0 结束的命令会使这一步失败。',
      fix: '写出是哪个程序，如 `exit=grep:1`；或者把预期失败的命令单独写成一个代码块。',
    },
    en: {
      title: 'status that every command of a block must have',
      why: 'The status of each command of the block has to be one of `exit=`: a command that ends with 0 as usual fails the step.',
      fix: 'Name the program, as `exit=grep:1`, or write the command that is meant to fail as a block of its own.',
    },
  },
} as const
