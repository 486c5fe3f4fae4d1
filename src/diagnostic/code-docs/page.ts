/** Codes of outputs, checks, steps and links. */

export const pageDocs = {
  RB0401: {
    zh: {
      title: '没有步骤的 output',
      why: '不知道它是哪一步的输出。',
      fix: '放到打印它的步骤后面，或写 `{for=ID}`。',
    },
    en: {
      title: 'output without a step',
      why: 'The step that prints it is unknown.',
      fix: 'Put it after the step that prints it, or write `{for=ID}`.',
    },
  },
  RB0402: {
    zh: {
      title: '模式写错了',
      why: '正则表达式按 RE2 的语法读：没有环视，没有反向引用。',
      fix: '按 RE2 的语法改正。',
    },
    en: {
      title: 'wrong pattern',
      why: 'Regular expressions are in RE2 syntax: no look-around, no back-references.',
      fix: 'Write it in RE2 syntax.',
    },
  },
  RB0403: {
    zh: { title: '步骤已有输出', why: '一个步骤只有一个 `output`。', fix: '合并成一个代码块。' },
    en: {
      title: 'repeated output',
      why: 'A step has one `output` block.',
      fix: 'Put all of it into one block.',
    },
  },
  RB0404: {
    zh: {
      title: '对话写错了',
      why: '每一行是「提示 => 回答」。',
      fix: '写出提示的结尾、` => ` 和要输入的内容。',
    },
    en: {
      title: 'wrong dialog',
      why: 'Each line is a prompt and its answer.',
      fix: 'Write the end of the prompt, ` => `, and what to type.',
    },
  },
  RB0501: {
    zh: {
      title: '不认识的检查',
      why: '写错的检查会被当作没有。',
      fix: '按提示改正；`runbook explain` 列出所有检查。',
    },
    en: {
      title: 'unknown check',
      why: 'A misspelt check would have no effect.',
      fix: 'Use the suggested check; `runbook explain` lists all.',
    },
  },
  RB0502: {
    zh: { title: '检查的写法不对', why: '检查不是它该有的形式。', fix: '照提示的形式写。' },
    en: {
      title: 'wrong check',
      why: 'The check does not have the expected form.',
      fix: 'Use the form in the message.',
    },
  },
  RB0601: {
    zh: {
      title: '重复的 id',
      why: 'id 是步骤的地址，在页面里唯一；只有同一个代码组的变体共用一个。',
      fix: '改成另一个名字。',
    },
    en: {
      title: 'duplicate id',
      why: 'An id addresses one step; only the variants of a code group may share one.',
      fix: 'Rename one of them.',
    },
  },
  RB0602: {
    zh: { title: '不存在的步骤', why: '引用的步骤不在页面里。', fix: '按提示改正。' },
    en: {
      title: 'unknown step',
      why: 'The page has no step of that name.',
      fix: 'Write the one that is suggested.',
    },
  },
  RB0603: {
    zh: { title: '不存在的页面', why: '`requires` 里的页面找不到。', fix: '按提示改正，或删去。' },
    en: {
      title: 'missing page',
      why: 'A page that `requires` names does not exist.',
      fix: 'Write the one that is suggested, or remove it.',
    },
  },
  RB0604: {
    zh: {
      title: '循环的 requires',
      why: '页面不能要求自己先完成。',
      fix: '去掉其中一个 `requires`。',
    },
    en: {
      title: 'cycle in `requires`',
      why: 'A page cannot require itself, not even through other pages.',
      fix: 'Remove one of the `requires`.',
    },
  },
  RB0605: {
    zh: {
      title: '自动生成的 id',
      why: '步骤有验证记录，却没有自己的 id：移动之后，记录会对应到另一步。',
      fix: '写上 `{#name}`。',
    },
    en: {
      title: 'generated id',
      why: 'The step has a record, and an id that is generated from its place: when it moves, the record belongs to another step.',
      fix: 'Give it one: `{#name}`.',
    },
  },
  RB0606: {
    zh: { title: '失效的链接', why: '链接的页面或锚点不存在。', fix: '按提示改正。' },
    en: {
      title: 'dead link',
      why: 'The page or the anchor that it leads to does not exist.',
      fix: 'Write the one that is suggested.',
    },
  },
  RB0608: {
    zh: {
      title: '项目之外的页面',
      why: '`requires` 指向项目之外的文件（也可能是经过链接）。页面不能让别处的文件被读。',
      fix: '只要求本项目的页面；另一个页面单独执行。',
    },
    en: {
      title: 'page outside the project',
      why: '`requires` names a file outside the project, perhaps through a symbolic link. A page may not cause files elsewhere to be read.',
      fix: 'Require only pages of this project; run the other page separately.',
    },
  },
  RB0701: {
    zh: {
      title: '不允许引入外部文件',
      why: '引入别的文件之后，页面就不再是读到的内容。',
      fix: '把内容直接写在页面里。',
    },
    en: {
      title: 'include of another file',
      why: 'With text from another file the page is not what was read.',
      fix: 'Write the text itself.',
    },
  },
  RB0702: {
    zh: {
      title: '超出上限',
      why: '正常的页面不会嵌套这么深、有这么多属性，而解析它可能耗时过长。',
      fix: '减少嵌套，或拆成几个代码块、几页。',
    },
    en: {
      title: 'limit exceeded',
      why: 'No real page nests so deep or has so many attributes, and reading one could take unbounded time.',
      fix: 'Write it flatter, or as several blocks or pages.',
    },
  },
} as const
