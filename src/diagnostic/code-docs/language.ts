/** Codes of blocks, attributes and front matter. */

export const languageDocs = {
  RB0101: {
    zh: {
      title: '不认识的属性',
      why: '花括号里写错的词会不起作用而不被发现，所以不允许。',
      fix: '按提示改成认识的名字；别的工具的词写在 `{…}` 之外。',
    },
    en: {
      title: 'unknown attribute',
      why: 'A misspelt word in the braces would have no effect unnoticed, so it is an error.',
      fix: 'Write the name that is suggested; put words of other tools outside `{…}`.',
    },
  },
  RB0102: {
    zh: {
      title: '花括号或引号没有闭合',
      why: '没有闭合，就不知道属性到哪里为止。',
      fix: '在同一行上写出 `}` 或引号。',
    },
    en: {
      title: 'brace or quote that is never closed',
      why: 'Without it, the end of the attributes is unknown.',
      fix: 'Close it on the same line.',
    },
  },
  RB0103: {
    zh: { title: '属性的值不对', why: '值不是这个属性接受的形式。', fix: '照提示里的例子写。' },
    en: {
      title: 'wrong attribute value',
      why: 'The attribute does not take a value of this form.',
      fix: 'Write it like the example in the message.',
    },
  },
  RB0104: {
    zh: {
      title: '时间没有单位',
      why: '`30` 对有的人是秒，对有的人是分钟。',
      fix: '写出单位：`500ms`、`30s`、`5m`、`1h`。',
    },
    en: {
      title: 'duration without a unit',
      why: '`30` is seconds to one reader and minutes to the next.',
      fix: 'Write a unit: `500ms`, `30s`, `5m`, `1h`.',
    },
  },
  RB0105: {
    zh: {
      title: '属性写在不起作用的地方',
      why: '这个属性对这种代码块没有意义，写了也不会生效。',
      fix: '去掉它，或写到它起作用的代码块上。',
    },
    en: {
      title: 'attribute without effect',
      why: 'The attribute has no meaning on this kind of block and would have no effect.',
      fix: 'Remove it, or put it on a block where it has one.',
    },
  },
  RB0106: {
    zh: {
      title: '属性写了两次',
      why: '同一个属性有两个值时，无法知道要哪一个。',
      fix: '只留一个；检查与 `on-error` 可以写多次。',
    },
    en: {
      title: 'duplicate attribute',
      why: 'With two values it is ambiguous which one counts.',
      fix: 'Leave one; only checks and `on-error` may be repeated.',
    },
  },
  RB0107: {
    zh: {
      title: '别的工具的写法',
      why: '这是别的工具的注解，在这里不起作用。',
      fix: '改成提示里与它等价的写法。',
    },
    en: {
      title: 'annotation of another tool',
      why: 'Another tool understands it; it has no effect here.',
      fix: 'Write the equivalent that the message names.',
    },
  },
  RB0108: {
    zh: { title: '互相矛盾的属性', why: '两个属性不能同时成立。', fix: '照提示去掉其中一个。' },
    en: {
      title: 'conflicting attributes',
      why: 'The two attributes exclude each other.',
      fix: 'Remove the one that the message names.',
    },
  },
  RB0109: {
    zh: {
      title: '属性写在花括号之外',
      why: '`{…}` 之外的词属于别的工具，在这里不起作用。',
      fix: '写进 `{…}`。',
    },
    en: {
      title: 'attribute outside the braces',
      why: 'Words outside `{…}` belong to other tools and have no effect here.',
      fix: 'Write it inside `{…}`.',
    },
  },
  RB0201: {
    zh: {
      title: 'front matter 不是 YAML',
      why: '读不懂的 front matter 里的设置全部无效。',
      fix: '按 YAML 的语法改正。',
    },
    en: {
      title: 'front matter that is not YAML',
      why: 'Settings in front matter that cannot be read have no effect.',
      fix: 'Correct it by the syntax of YAML.',
    },
  },
  RB0202: {
    zh: {
      title: '不认识的 front matter 键',
      why: '与我们的键只差一点，多半是写错了，例如 `requries`。',
      fix: '按提示改正。',
    },
    en: {
      title: 'unknown front-matter key',
      why: 'It is nearly one of ours: a misspelt `requires` would have no effect unnoticed.',
      fix: 'Write the key that is suggested.',
    },
  },
  RB0203: {
    zh: {
      title: 'front matter 的值不对',
      why: '值不是这个键接受的形式。',
      fix: '照提示里的例子写。',
    },
    en: {
      title: 'wrong front-matter value',
      why: 'The key does not take a value of this form.',
      fix: 'Write it like the example in the message.',
    },
  },
  RB0204: {
    zh: {
      title: '没有声明的角色',
      why: '步骤要在一个页面没有声明的角色上运行。',
      fix: '在 front matter 的 `roles:` 里声明它。',
    },
    en: {
      title: 'unknown role',
      why: 'A step runs on a role that the page does not declare.',
      fix: 'Declare it under `roles:` in the front matter.',
    },
  },
  RB0301: {
    zh: {
      title: 'bash 无法解析',
      why: '命令按 bash 自己的语法切分；bash 不接受的代码块不能运行。',
      fix: '按 bash 的语法改正；只给人看的内容写成 `text` 或加 `{example}`。',
    },
    en: {
      title: 'bash cannot read this',
      why: "Commands are split by bash's own grammar; a block that it would refuse cannot run.",
      fix: 'Correct it. Name a block that is only shown `text`, or mark it `{example}`.',
    },
  },
  RB0302: {
    zh: {
      title: '代码块没有闭合',
      why: '没有闭合的代码块会吞掉页面剩下的内容。',
      fix: '另起一行写出同样的标记。',
    },
    en: {
      title: 'unclosed fence',
      why: 'The block extends to the end of the page.',
      fix: 'Close it with the same mark on a line of its own.',
    },
  },
  RB0303: {
    zh: {
      title: '没有命令的 shell 代码块',
      why: '里面没有命令，永远不会运行。',
      fix: '只给人看的写成 `text` 或加 `{example}`。',
    },
    en: {
      title: 'shell block without a command',
      why: 'The block has no command to run.',
      fix: 'If it is not meant to run, add `{example}` or make it a `text` block.',
    },
  },
  RB0304: {
    zh: {
      title: 'NUL 字符',
      why: 'Markdown 会把它变成别的字符，读到的就不是页面上的内容。',
      fix: '删掉它。',
    },
    en: {
      title: 'NUL character',
      why: 'Markdown replaces it, so the parsed text differs from the page.',
      fix: 'Remove it.',
    },
  },
  RB0305: {
    zh: {
      title: '靠缩进写的代码',
      why: '缩进的代码没有语言，永远不会运行。',
      fix: '放进 ```` ```bash ```` 与 ```` ``` ```` 之间。',
    },
    en: {
      title: 'indented code',
      why: 'Indented code has no language and is never run.',
      fix: 'Put it between ```` ```bash ```` and ```` ``` ````.',
    },
  },
  RB0306: {
    zh: {
      title: 'shell 代码块里的提示符',
      why: 'bash 会把 `$` 当作命令，第一条命令就失败。',
      fix: '去掉提示符；带输出的写成 `console`。',
    },
    en: {
      title: 'prompt in a shell block',
      why: 'bash reads `$` as a command, and the first line fails.',
      fix: 'Remove the prompts; if the block has output too, make it a `console` block.',
    },
  },
  RB0307: {
    zh: {
      title: '排版字符',
      why: '弯引号、全角标点、不换行空格对 bash 只是普通文字。',
      fix: '改成键盘上的半角字符；`--fix` 能改确定的。',
    },
    en: {
      title: 'typographic character',
      why: 'Curly quotes, full-width punctuation and no-break spaces are plain text to bash.',
      fix: 'Write the plain character; `--fix` replaces the unambiguous ones.',
    },
  },
  RB0308: {
    zh: {
      title: '命令里的说明文字',
      why: '`a 或 b` 对 bash 是带参数的一条命令，做的是另一件事。',
      fix: '分成两个代码块，或用代码组和 `when=`。',
    },
    en: {
      title: 'remark inside a command',
      why: 'To bash, `a 或 b` is one command with arguments.',
      fix: 'Write two blocks, or a code group with `when=`.',
    },
  },
  RB0309: {
    zh: {
      title: '没有被识别的代码块',
      why: '在 HTML 里、缩进过深，或同一行有反引号时，Markdown 不认为它是代码块。',
      fix: '空一行、减少缩进，或用 `~~~`。',
    },
    en: {
      title: 'fence that Markdown does not see',
      why: 'Inside HTML, indented too far or with a backtick on its line it is no fence to Markdown.',
      fix: 'Leave an empty line before it, indent it less, or write `~~~`.',
    },
  },
  RB0310: {
    zh: {
      title: '尖括号占位符',
      why: '对 bash，`<name>` 是从文件 `name` 读入。',
      fix: '声明变量，写 `$NAME`。',
    },
    en: {
      title: 'placeholder in angle brackets',
      why: 'To bash `<name>` reads from a file of that name.',
      fix: 'Declare a variable and write `$NAME`.',
    },
  },
  RB0311: {
    zh: {
      title: '扩展通配',
      why: '`!(x)` 一类的写法只有在 `shopt -s extglob` 之后才有效。',
      fix: '在前面单独一行写 `shopt -s extglob`。',
    },
    en: {
      title: 'extended glob',
      why: 'bash accepts patterns such as `!(x)` only after `shopt -s extglob`.',
      fix: 'Put `shopt -s extglob` on a line of its own before it.',
    },
  },
  RB0312: {
    zh: {
      title: '不是命令的词',
      why: '目录树、YAML、输出写在 shell 代码块里，运行时第一个词就找不到。',
      fix: '按内容给代码块命名（`text`、`yaml`、`output`），或加 `{example}`。',
    },
    en: {
      title: 'word that is not a command',
      why: "Output, YAML or a tree of files under a shell's name fails at its first word.",
      fix: 'Name the block after what it is, or mark it `{example}`.',
    },
  },
  RB0313: {
    zh: {
      title: '写错的代码块名称',
      why: '名称与我们的只差一点：写成 `outptu` 的代码块只会当作文字，不运行也不比较。',
      fix: '按提示改正；只给人看的加 `{example}`。',
    },
    en: {
      title: 'misspelt fence word',
      why: 'The word resembles a known one; a block called `outptu` would be neither run nor compared.',
      fix: 'Use the suggested word, or add `{example}`.',
    },
  },
} as const
