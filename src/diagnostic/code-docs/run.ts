/** Codes of doubtful commands and failed steps. */

export const runDocs = {
  RB0801: {
    zh: {
      title: '没有赋值的变量',
      why: 'bash 会用空代替它：`rm -rf $DIR/x` 变成 `rm -rf /x`。页面没有参数，`$1` 和 `$@` 也是空的。',
      fix: '在 `vars:` 里声明，或写 `${NAME:-…}`。',
    },
    en: {
      title: 'variable that is never set',
      why: 'bash puts nothing in its place: `rm -rf $DIR/x` becomes `rm -rf /x`. A page gets no arguments, so `$1` and `$@` are empty, too.',
      fix: 'Declare it under `vars:`, or write `${NAME:-…}`.',
    },
  },
  RB0802: {
    zh: {
      title: '等人输入的命令',
      why: '没有回答，步骤会停在那里直到超时。',
      fix: '用 `dialog` 代码块回答，或改用不提问的写法。',
    },
    en: {
      title: 'interactive command',
      why: 'Without an answer the step waits until its timeout.',
      fix: 'Answer it in a `dialog` fence, or use an option that skips the question.',
    },
  },
  RB0803: {
    zh: {
      title: '没有回答的确认',
      why: '包管理器会询问是否继续，没有终端时就此停下。',
      fix: '加上 `-y`；`--fix` 会替你加。',
    },
    en: {
      title: 'question without an answer',
      why: 'A package manager asks before it goes on, and stops where there is no terminal.',
      fix: 'Add `-y`; `--fix` does.',
    },
  },
  RB0804: {
    zh: {
      title: '代码块里的 sudo',
      why: '密码会在命令中间被询问；`as=` 只问一次。',
      fix: '在代码块上写 `{as=root}`，去掉 `sudo`。',
    },
    en: {
      title: 'sudo inside a block',
      why: 'It may ask for a password in the middle of a command; `as=` asks once.',
      fix: 'Write `{as=root}` on the fence and leave `sudo` out.',
    },
  },
  RB0805: {
    zh: {
      title: '不会结束的命令',
      why: '步骤会一直等到超时。',
      fix: '加 `{background ready=…}`，或改用会结束的写法。',
    },
    en: {
      title: 'command that never ends',
      why: 'The step waits until its timeout.',
      fix: 'Mark it `{background ready=…}`, or write a form that ends.',
    },
  },
  RB0806: {
    zh: {
      title: '破坏性的命令',
      why: '运行之后无法恢复，应当先问。',
      fix: '写明会失去什么：`{danger="…"}`。',
    },
    en: {
      title: 'destructive command',
      why: 'What it removes cannot be brought back: a run should ask first.',
      fix: 'Say what is lost: `{danger="…"}`.',
    },
  },
  RB0807: {
    zh: {
      title: '明文敏感信息',
      why: '页面会发布，命令会被记录。',
      fix: '声明 `secret: true` 的变量，写 `$NAME`。',
    },
    en: {
      title: 'secret in clear text',
      why: 'A page is published, and what it runs is kept.',
      fix: 'Declare a variable with `secret: true` and write `$NAME`.',
    },
  },
  RB0808: {
    zh: {
      title: '选不到的变体',
      why: '主机取第一个条件成立的变体，后面的永远轮不到。',
      fix: '除最后一个外都写上 `when=`。',
    },
    en: {
      title: 'variant that is never taken',
      why: 'A host takes the first variant whose condition holds.',
      fix: 'Give each but the last a `when=`.',
    },
  },
  RB0809: {
    zh: {
      title: '没有赋值的捕获',
      why: '声明了名字，输出里却没有它的位置。',
      fix: '在 `output` 里写 `<NAME:REGEX>`。',
    },
    en: {
      title: 'capture that is never set',
      why: 'The name is declared, and no output holds a place for it.',
      fix: 'Write `<NAME:REGEX>` in the `output` fence.',
    },
  },
  RB0810: {
    zh: {
      title: '没有用到的捕获',
      why: '捕获之后没有用到。',
      fix: '删去 `captures=`，或用上它。',
    },
    en: {
      title: 'capture that is never used',
      why: 'Nothing uses what was captured.',
      fix: 'Drop `captures=`, or use it.',
    },
  },
  RB0811: {
    zh: {
      title: '没有声明的捕获',
      why: '没有声明的名字只是普通文字。',
      fix: '在步骤上写 `{captures=NAME}`。',
    },
    en: {
      title: 'undeclared capture',
      why: 'A name that is not declared is literal text.',
      fix: 'Write `{captures=NAME}` on the step.',
    },
  },
  RB0812: {
    zh: {
      title: '没有说明的重启',
      why: '主机重启会使步骤丢失。',
      fix: '在代码块上写 `{reboot}`。',
    },
    en: {
      title: 'unannounced reboot',
      why: 'The host goes down and the step is lost.',
      fix: 'Mark the block `{reboot}`.',
    },
  },
  RB0813: {
    zh: {
      title: '清理步骤没有写 `reverts`',
      why: '失败之后清理步骤照样运行，前面步骤的结果就没有了；`resume` 却以为它们已经完成，从失败的地方接着跑。',
      fix: '在清理步骤上写出要重新运行的步骤：`{always reverts=ID}`；`reverts=*` 是前面的全部步骤。',
    },
    en: {
      title: 'clean-up without `reverts`',
      why: 'A clean-up also runs after a failure. What earlier steps made is gone then, but `resume` counts these steps as done and goes on at the failed one.',
      fix: 'Name the steps that have to run again: `{always reverts=ID}`; `reverts=*` means every step before it.',
    },
  },
  RB0816: {
    zh: {
      title: '只给交互 shell 用的文件',
      why: '`~/.bashrc` 在非交互 shell 里第一行就返回，什么都不设置。',
      fix: '在代码块里直接设置，或读真正设置它的文件（如 `. ~/.nvm/nvm.sh`）。',
    },
    en: {
      title: 'file for interactive shells only',
      why: '`~/.bashrc` returns in its first lines where the shell is not interactive, and sets nothing.',
      fix: 'Set it in the block, or read the file that sets it (such as `. ~/.nvm/nvm.sh`).',
    },
  },
  RB0817: {
    zh: {
      title: '留在后台的命令',
      why: '它之后的输出会混进后面的步骤，运行结束后就看不到了。',
      fix: '写 `{background}`，或把输出重定向到文件。',
    },
    en: {
      title: 'command left running',
      why: 'Its later output mixes into later steps, and is lost after the run.',
      fix: 'Mark the block `{background}`, or redirect its output to a file.',
    },
  },
  RB2001: {
    zh: {
      title: '输出不符',
      why: '打印的内容与页面所写的不同。',
      fix: '看差异；页面旧了就用 `exec --update --record` 与 `sync`。',
    },
    en: {
      title: 'output differs',
      why: 'The command printed something other than the page expects.',
      fix: 'Read the difference. Where the page is old, run `exec --update --record`, then `sync`.',
    },
  },
  RB2002: {
    zh: {
      title: '退出状态不符',
      why: '命令的退出状态不在允许的范围里。',
      fix: '看它打印了什么；允许的状态写 `exit=`。',
    },
    en: {
      title: 'exit status not allowed',
      why: 'The command exited with a status that the page does not allow.',
      fix: 'Read its output; allow a status with `exit=`.',
    },
  },
  RB2003: {
    zh: {
      title: '前提不成立',
      why: '步骤运行之前，`needs` 里有一个检查不成立；或者它要在其中运行的目录不在了，于是没有在别处运行。',
      fix: '先满足它；页面里提供它的步骤会一并显示。目录不在了，就恢复它再 `resume`，或从头执行这一页。',
    },
    en: {
      title: 'precondition not met',
      why: 'A check of `needs` failed before the step ran; or the folder in which it would run is gone, and it was run nowhere else.',
      fix: 'Make it hold first. The message names the step that provides it, where the page has one. Make a folder that is gone again and `resume`, or run the page from its start.',
    },
  },
  RB2004: {
    zh: {
      title: '结果不成立',
      why: '步骤运行之后，`ensures` 里有一个检查仍不成立。',
      fix: '看命令做了什么；需要更久就写 `within=`。',
    },
    en: {
      title: 'postcondition not met',
      why: 'A check of `ensures` still failed after the step ran.',
      fix: 'Look at what the command did; allow more time with `within=`.',
    },
  },
  RB2005: {
    zh: {
      title: '超时',
      why: '命令超过了限定的时间，被停止；消息里有它打印的最后一行。',
      fix: '写 `timeout=`，或加 `{background}`。',
    },
    en: {
      title: 'timeout',
      why: 'The command ran longer than its limit and was killed. The message shows the last line that it printed.',
      fix: 'Raise the limit with `timeout=`, or mark the block `{background}`.',
    },
  },
  RB2006: {
    zh: {
      title: '等待输入',
      why: '命令停在一个提示上等待输入，被停止。',
      fix: '用 `dialog` 代码块回答。',
    },
    en: {
      title: 'waiting for input',
      why: 'The command waited for an answer at a prompt, and was killed.',
      fix: 'Answer it in a `dialog` fence.',
    },
  },
  RB2007: {
    zh: {
      title: '丢失的命令',
      why: '主机或 shell 在它结束前消失，不知道结果。',
      fix: '查明之后用 `resume` 继续。',
    },
    en: {
      title: 'lost command',
      why: 'The host or its shell was lost before the command ended, so its result is unknown.',
      fix: 'Look at the host, then continue with `resume`.',
    },
  },
  RB2008: {
    zh: {
      title: '没有确认',
      why: '需要人确认的步骤没有得到确认。',
      fix: '确认，或用 `--yes`、`--allow-danger`。',
    },
    en: {
      title: 'not confirmed',
      why: 'The step needs the confirmation of a person.',
      fix: 'Confirm it, or give `--yes` or `--allow-danger`.',
    },
  },
  RB2009: {
    zh: {
      title: '没有捕获到',
      why: '输出符合了，却没有给出声明的值。',
      fix: '检查 `output` 里的 `<NAME:REGEX>`。',
    },
    en: {
      title: 'not captured',
      why: 'The output holds no value for a declared name.',
      fix: 'Look at `<NAME:REGEX>` in the `output` fence.',
    },
  },
  RB2010: {
    zh: {
      title: '文件没有写入',
      why: '主机上的文件没有变成页面所写的内容。',
      fix: '看原因：权限、目录、磁盘。',
    },
    en: {
      title: 'file not written',
      why: 'The file on the host differs from the page, and could not be changed.',
      fix: 'The message gives the reason: rights, folder, disk.',
    },
  },
  RB2011: {
    zh: {
      title: '没有就绪',
      why: '后台步骤在限定的时间里没有就绪。',
      fix: '看它打印了什么；写 `within=`。',
    },
    en: {
      title: 'not ready',
      why: 'A background step was not ready within its limit.',
      fix: 'Read its output; allow more time with `within=`.',
    },
  },
  RB2012: {
    zh: { title: '被中断', why: '运行被中断。', fix: '用 `resume` 继续。' },
    en: { title: 'interrupted', why: 'The run was interrupted.', fix: 'Continue with `resume`.' },
  },
  RB2013: {
    zh: {
      title: '没有用到的应答',
      why: '命令结束了，`dialog` 里的提示没有全部出现。',
      fix: '看终端显示了什么；改提示，或删去多出来的行。',
    },
    en: {
      title: 'unused dialog answer',
      why: 'The command exited before it showed all prompts of its `dialog`.',
      fix: 'Compare the prompts with the output; correct a prompt or remove its line.',
    },
  },
  RB2014: {
    zh: {
      title: '没有重启',
      why: '带 `reboot` 的步骤结束了，主机还是原来那次启动。',
      fix: '看命令有没有真的重启主机；写更长的 `timeout=`。',
    },
    en: {
      title: 'no restart',
      why: 'A step with `reboot` ended, but the host did not restart.',
      fix: 'Check that the command restarts the host; allow more time with `timeout=`.',
    },
  },
  RB2015: {
    zh: {
      title: '主机的磁盘满了',
      why: '命令的输出先写在主机上，磁盘满了，输出就不完整。',
      fix: '在主机上腾出空间，再 `resume`。',
    },
    en: {
      title: 'full disk on the host',
      why: 'The host keeps output on its disk until it is read; on a full disk output is lost.',
      fix: 'Free space on the host, then continue with `resume`.',
    },
  },
  RB2016: {
    zh: {
      title: '输出太多',
      why: '一条命令的输出超过了主机要为它保留的上限。',
      fix: '让命令少打印一些，或写进文件。',
    },
    en: {
      title: 'too much output',
      why: 'A command printed more than the limit that the host keeps for it, and was killed.',
      fix: 'Print less, or redirect the output into a file.',
    },
  },
  RB2017: {
    zh: {
      title: '无法打开 shell',
      why: '主机能连上，但无法以该用户打开 shell。',
      fix: '看原因：sudo、bash、磁盘。',
    },
    en: {
      title: 'no shell',
      why: 'The host answers, but starts no shell for that user.',
      fix: 'The message gives the reason: sudo, bash, disk.',
    },
  },
} as const
