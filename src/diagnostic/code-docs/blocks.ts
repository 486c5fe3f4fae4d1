/** What the codes of commands in their blocks mean. */

export const blockDocs = {
  RB0314: {
    zh: {
      title: '别的机器的提示符',
      why: '前面的代码块用 `ssh`、`su`、`docker exec` 等打开了一个会话；这里的命令是在那个会话里敲的，却会在本页的主机上运行。',
      fix: '用 `{on=ROLE}` 或 `{as=USER}` 说明在哪里运行，或者把它写在打开会话的命令之后、同一个代码块里。',
    },
    en: {
      title: 'prompt of another machine',
      why: 'An earlier block opened a session (`ssh`, `su`, `docker exec`, …). These commands were typed in it, and would run on the host of the page.',
      fix: 'Say where they run, with `{on=ROLE}` or `{as=USER}`, or write them behind the command that opens the session, in one block.',
    },
  },
  RB0315: {
    zh: {
      title: '反斜杠后面有空白',
      why: '`\\` 后面有空白时，bash 读到的是一个转义的空白，这一行到此结束，下一行成了另一条命令。',
      fix: '删掉反斜杠后面的空白；`runbook lint --fix` 会删。',
    },
    en: {
      title: 'blank behind a backslash',
      why: 'With a blank behind it, `\\` stands for that blank: the command ends with its line, and the next line is another command.',
      fix: 'Remove the blank; `runbook lint --fix` does.',
    },
  },
  RB0316: {
    zh: {
      title: '不会运行的命令',
      why: '这个代码块的词不是会运行的词，里面却是命令：它只被显示。',
      fix: '写 `bash`（只有命令）或 `console`（带提示符和输出）；只是展示的写 `text` 或 `{example}`。',
    },
    en: {
      title: 'commands that are never run',
      why: "The block holds commands, and its word is none of a shell's: it is shown only.",
      fix: 'Write `bash` (commands only) or `console` (with prompts and output); what is only shown is `text`, or takes `{example}`.',
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
  RB0814: {
    zh: {
      title: '`exit=` 管住整个代码块的每一条命令',
      why: '块里每一条命令的退出状态都要在 `exit=` 里；正常以 0 结束的命令会让这一步失败。',
      fix: '把预期失败的命令单独写成一个代码块，或者写 `exit=0,1`。',
    },
    en: {
      title: 'status that every command of a block must have',
      why: 'The status of each command of the block has to be one of `exit=`: a command that ends with 0 as usual fails the step.',
      fix: 'Write the command that is meant to fail as a block of its own, or `exit=0,1`.',
    },
  },
} as const
