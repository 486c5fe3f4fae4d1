/** For each attribute and kind of fence a page on which the attribute changes what happens. */

import { expect } from 'vitest'
import type { AttributeName, FenceKind } from '../../src/parse/attribute-table.ts'
import type { Outcome, Situation } from './page-outcome.ts'

export type Kind = FenceKind | 'manual'

export const kinds: readonly Kind[] = [
  'shell',
  'console',
  'script',
  'file',
  'patch',
  'manual',
  'output',
  'dialog',
  'prose',
]

export interface Case {
  readonly attribute: string
  /** The page with the attribute, or with an empty text in its place. */
  readonly page: (attribute: string) => string
  /** A part of what is seen with the attribute, and not without it. */
  readonly effect: Partial<Record<keyof Outcome, unknown>>
  readonly situation?: Situation
}

type Cases = Partial<Record<Kind, Case>>

const fence = (info: string, text: string) =>
  `\`\`\`${info}\n${text === '' ? '' : `${text}\n`}\`\`\`\n`
const braces = (...words: readonly string[]) => {
  const given = words.filter((word) => word !== '')
  return given.length === 0 ? '' : ` {${given.join(' ')}}`
}

const running = ['shell', 'console', 'script'] as const
const files = ['file', 'patch'] as const
type Running = (typeof running)[number]
type OfFile = (typeof files)[number]

/** A step that runs one command. */
function step(kind: Running, attributes: string, command: string, id = '#x'): string {
  if (kind === 'shell') return fence(`bash${braces(id, attributes)}`, command)
  if (kind === 'console') return fence(`console${braces(id, attributes)}`, `$ ${command}`)
  return fence(`txt${braces(id, 'run=bash', attributes)}`, command)
}

const patchText = '--- f\n+++ f\n@@ -1 +1 @@\n-old\n+new'

/** A step that makes `old` in the file `f` to `new`. */
function change(kind: OfFile, attributes: string, path = 'f'): string {
  const info = braces('#x', `file=${path}`, attributes)
  return kind === 'file' ? fence(`text${info}`, 'new') : fence(`diff${info}`, patchText)
}

/** A fence of each kind with an attribute, with which it would be in order but for that attribute. */
export const fences: Readonly<Record<Kind, (attribute: string) => string>> = {
  shell: (attribute) => step('shell', attribute, 'true', ''),
  console: (attribute) => step('console', attribute, 'true', ''),
  script: (attribute) => step('script', attribute, 'true', ''),
  file: (attribute) => fence(`text${braces('file=f', attribute)}`, 'new'),
  patch: (attribute) => fence(`diff${braces('file=f', attribute)}`, patchText),
  manual: (attribute) => `- [ ] do it${braces(attribute)}\n`,
  output: (attribute) => fence('bash', 'true') + fence(`output${braces(attribute)}`, ''),
  dialog: (attribute) => fence('bash', 'true') + fence(`dialog${braces(attribute)}`, 'a => b'),
  prose: (attribute) => fence(`text${braces(attribute)}`, 'a'),
}

/** Attributes that make a fence another kind: where they do so. */
export const makes: Partial<Record<AttributeName, readonly Kind[]>> = {
  run: ['shell', 'console', 'script', 'prose'],
  file: ['shell', 'console', 'file', 'patch', 'prose'],
  example: ['shell', 'console', 'output', 'dialog', 'prose'],
}

function each<K extends Kind>(of: readonly K[], make: (kind: K) => Case): Cases {
  return Object.fromEntries(of.map((kind) => [kind, make(kind)]))
}

const old = { files: { f: 'old\n' } }
const ended = (status: string, reason: string | null = null) => ({
  steps: { x: { status, reason } },
})

/** The same check decides about steps of all kinds. */
function ofAll(attribute: string, effect: Case['effect'], beside = ''): Cases {
  const attributes = (given: string) => [given, beside].filter((word) => word !== '').join(' ')
  return {
    ...each(running, (kind) => ({
      attribute,
      page: (given) => step(kind, attributes(given), 'true'),
      effect,
      situation: old,
    })),
    ...each(files, (kind) => ({
      attribute,
      page: (given) => change(kind, attributes(given)),
      effect,
      situation: old,
    })),
  }
}

/** A program for the page's `PATH` that is slow, and fails then. */
const stuck = '#!/bin/sh\nsleep 2\nexit 1\n'
const stuckTools = Object.fromEntries(
  ['base64', 'cat', 'cp', 'mv', 'mktemp', 'readlink', 'stat', 'wc'].map((name) => [name, stuck]),
)
const afterDelay = (command: string) =>
  fence('bash {#late}', `(sleep 0.7; ${command}) >/dev/null 2>&1 &`)
const untilStopped = (signals: readonly string[]) =>
  [
    ...signals.map((signal) => `trap 'echo ${signal} >stopped; exit' ${signal}`),
    'touch up',
    'while :; do sleep 0.05; done',
  ].join('\n')
/** A run that is not over after two lives. */
const work = fence('bash {#made}', 'true') + fence('bash {#bad}', 'false')
const roles = '---\nroles: { first: { host: here }, second: { host: other } }\n---\n'
const word = '<WORD:\\w+>'

export const cases: Readonly<Record<AttributeName, Cases>> = {
  id: {
    ...each(running, (kind) => ({
      attribute: '#given',
      page: (given) => step(kind, given, 'true', ''),
      effect: { order: ['given'] },
    })),
    ...each(files, (kind) => ({
      attribute: '#given',
      page: (given) => change(kind, '').replace('#x', given),
      effect: { order: ['given'] },
      situation: old,
    })),
  },
  on: {
    ...each(running, (kind) => ({
      attribute: 'on=second',
      page: (given) => roles + step(kind, given, 'true'),
      effect: { steps: { x: { host: 'other' } } },
    })),
    ...each(files, (kind) => ({
      attribute: 'on=second',
      page: (given) => roles + change(kind, given),
      effect: { steps: { x: { host: 'other' } } },
      situation: old,
    })),
  },
  as: {
    ...each(running, (kind) => ({
      attribute: 'as=nobody',
      page: (given) => step(kind, given, 'id -un'),
      effect: { steps: { x: { status: 'passed', user: 'nobody', output: 'nobody\n' } } },
    })),
    file: {
      attribute: 'as=nobody',
      page: (given) =>
        fence('bash {#where}', 'echo "$PWD"') +
        change('file', given, '/tmp/runbook-as-nobody') +
        fence(
          'bash {#owner always}',
          'stat -c %U /tmp/runbook-as-nobody\nrm -f /tmp/runbook-as-nobody',
        ),
      effect: { steps: { owner: { output: 'nobody\n' } } },
    },
    patch: {
      attribute: 'as=nobody',
      // Only its owner may write it.
      page: (given) =>
        fence(
          'bash {#lock}',
          'mkdir d; echo old >d/f; chown -R nobody d; chmod 0700 d; chmod 0600 d/f',
        ) + fence(`diff${braces('#x', `file=$PWD/d/f`, given)}`, patchText),
      effect: { steps: { x: { user: 'nobody' } } },
    },
  },
  dir: each(running, (kind) => ({
    attribute: 'dir=/usr',
    page: (given) => step(kind, given, 'pwd'),
    effect: { steps: { x: { output: '/usr\n' } } },
  })),
  needs: ofAll('needs=file:absent', ended('failed', 'precondition')),
  when: ofAll('when=file:absent', ended('skipped', 'not-for-this-host')),
  unless: ofAll('unless=file:f', ended('skipped', 'already-done')),
  ensures: ofAll('ensures=file:absent', ended('failed', 'postcondition'), 'within=100ms'),
  creates: ofAll('creates=f', ended('skipped', 'already-done')),
  timeout: {
    ...each(running, (kind) => ({
      attribute: 'timeout=300ms',
      page: (given) => step(kind, given, 'sleep 2'),
      effect: ended('failed', 'timeout'),
    })),
    ...each(files, (kind) => ({
      attribute: 'timeout=700ms',
      page: (given) => fence('bash {#slow}', 'PATH=$PWD:$PATH') + change(kind, given),
      effect: ended('failed', 'timeout'),
      // What is not limited by the step is limited by the run.
      situation: { files: { f: 'old\n', ...stuckTools } },
    })),
  },
  retry: {
    ...each(running, (kind) => ({
      attribute: 'retry=2/100ms',
      page: (given) => step(kind, given, 'echo >>tries; test "$(wc -l <tries)" = 2'),
      effect: { ...ended('passed'), files: { tries: '\n\n' } },
    })),
    ...each(files, (kind) => ({
      attribute: 'retry=20/100ms',
      page: (given) =>
        afterDelay('mkdir d; echo old >d/g; mv d/g d/f') + change(kind, given, 'd/f'),
      effect: ended('changed'),
    })),
  },
  exit: each(running, (kind) => ({
    attribute: 'exit=3',
    page: (given) => step(kind, given, '(exit 3)'),
    effect: ended('passed'),
  })),
  background: {
    shell: {
      attribute: 'background',
      page: (given) => step('shell', given, 'exec sleep 60') + fence('bash {#next}', 'true'),
      effect: { order: ['x', 'next'], ...ended('passed') },
      situation: { options: { timeoutMs: 1500 } },
    },
  },
  ready: {
    shell: {
      attribute: 'ready=file:absent',
      page: (given) =>
        step('shell', `background${given === '' ? '' : ` ${given} within=300ms`}`, 'exec sleep 60'),
      effect: ended('failed', 'not-ready'),
    },
  },
  within: {
    ...each(running, (kind) => ({
      attribute: 'within=100ms',
      page: (given) =>
        step(kind, `ensures=file:late ${given}`, '(sleep 1; touch late) >/dev/null 2>&1 &'),
      effect: ended('failed', 'postcondition'),
    })),
    ...each(files, (kind) => ({
      attribute: 'within=100ms',
      page: (given) =>
        fence('bash {#later}', '(sleep 5; touch late) >/dev/null 2>&1 &') +
        change(kind, `ensures=file:late ${given}`),
      effect: ended('failed', 'postcondition'),
      situation: old,
    })),
  },
  stop: {
    shell: {
      attribute: 'stop=INT',
      page: (given) =>
        step('shell', `background ready=file:up ${given}`, untilStopped(['INT', 'TERM'])),
      effect: { files: { stopped: 'INT\n' } },
    },
  },
  reboot: {
    shell: {
      attribute: 'reboot',
      // This computer is never restarted; test/hosts/reboot.test.ts restarts a real host.
      page: (given) => step('shell', given, 'true'),
      effect: ended('failed', 'unsupported'),
    },
  },
  always: {
    ...each(running, (kind) => ({
      attribute: 'always',
      page: (given) => fence('bash {#bad}', 'false') + step(kind, given, 'true'),
      effect: { order: ['bad', 'x'] },
    })),
    ...each(files, (kind) => ({
      attribute: 'always',
      page: (given) => fence('bash {#bad}', 'false') + change(kind, given),
      effect: { order: ['bad', 'x'], ...ended('changed') },
      situation: old,
    })),
  },
  undo: {
    ...each(running, (kind) => ({
      attribute: 'undo=back',
      page: (given) => step(kind, given, 'true') + fence('bash {#back}', 'true'),
      effect: { steps: { back: { status: 'skipped', reason: 'undo-only' } } },
    })),
    ...each(files, (kind) => ({
      attribute: 'undo=back',
      page: (given) => change(kind, given) + fence('bash {#back}', 'true'),
      effect: { steps: { back: { status: 'skipped', reason: 'undo-only' } } },
      situation: old,
    })),
  },
  reverts: {
    ...each(running, (kind) => ({
      attribute: 'reverts=made',
      page: (given) => work + step(kind, `always ${given}`, 'true'),
      effect: { order: ['made', 'bad', 'x'] },
      situation: { isResumed: true },
    })),
    ...each(files, (kind) => ({
      attribute: 'reverts=made',
      page: (given) => work + change(kind, `always ${given}`),
      effect: { order: ['made', 'bad', 'x'] },
      situation: { ...old, isResumed: true },
    })),
  },
  danger: {
    ...each(running, (kind) => ({
      attribute: 'danger="all of it"',
      page: (given) => step(kind, given, 'touch lost'),
      effect: { asked: ['all of it'], ...ended('failed', 'not-confirmed'), files: {} },
    })),
    ...each(files, (kind) => ({
      attribute: 'danger="all of it"',
      page: (given) => change(kind, given),
      effect: { asked: ['all of it'], ...ended('failed', 'not-confirmed'), files: { f: 'old\n' } },
      situation: old,
    })),
  },
  captures: each(running, (kind) => ({
    attribute: 'captures=WORD',
    page: (given) => saying(kind, given) + fence('bash {#use}', 'echo "got $WORD"'),
    effect: { steps: { x: { status: 'passed' }, use: { output: 'got plum\n' } } },
  })),
  secret: each(running, (kind) => ({
    attribute: 'secret=WORD',
    page: (given) => saying(kind, given, 'plumtree'),
    effect: { ...ended('passed'), secrets: ['plumtree'] },
  })),
  run: {
    ...each(['shell', 'console', 'prose'], (kind) => ({
      attribute: 'run=cat',
      page: (given) => fence(`${fenceWord(kind)}${braces(given)}`, 'echo "as it is"'),
      effect: { shown: expect.stringContaining('│ echo "as it is"') },
    })),
    script: {
      attribute: 'run=rev',
      page: (given) => fence(`txt${braces('#x', given === '' ? 'run=cat' : given)}`, 'abc'),
      effect: { steps: { x: { output: 'cba\n' } } },
    },
  },
  file: {
    ...each(['shell', 'console', 'prose'], (kind) => ({
      attribute: 'file=made',
      page: (given) => fence(`${fenceWord(kind)}${braces(given)}`, 'true'),
      effect: { files: { made: 'true\n' } },
    })),
    ...each(files, (kind) => ({
      attribute: 'file=f',
      page: (given) => change(kind, '').replace('file=f', given === '' ? 'file=absent' : given),
      effect: { files: { f: 'new\n' } },
      situation: old,
    })),
  },
  mode: {
    file: {
      attribute: 'mode=0640',
      page: (given) => change('file', given),
      effect: { modes: { f: '640' } },
      situation: old,
    },
  },
  edit: {
    file: {
      attribute: 'edit=line',
      page: (given) => change('file', given),
      effect: { files: { f: 'old\nnew\n' } },
      situation: old,
    },
  },
  expand: {
    script: {
      attribute: 'expand',
      page: (given) =>
        `---\nvars: { A: one }\n---\n${fence(`txt${braces('#x', 'run=cat', given)}`, '${A}')}`,
      effect: { steps: { x: { output: 'one\n' } } },
    },
    file: {
      attribute: 'expand',
      page: (given) =>
        `---\nvars: { A: one }\n---\n${fence(`txt${braces('#x', 'file=f', given)}`, '${A}')}`,
      effect: { files: { f: 'one\n' } },
    },
  },
  for: {
    output: {
      attribute: 'for=x',
      page: (given) =>
        step('shell', '', 'echo x') +
        step('shell', '', 'echo y', '#y') +
        fence(`output${braces(given)}`, 'x'),
      effect: { steps: { x: { status: 'passed' }, y: { status: 'passed' } } },
    },
    dialog: {
      attribute: 'for=x',
      page: (given) =>
        step('shell', '', 'read -p "name: " name; echo "hello $name"') +
        step('shell', '', 'true', '#y') +
        fence(`dialog${braces(given)}`, 'name: => plum'),
      effect: { steps: { x: { output: expect.stringContaining('hello plum') } } },
    },
  },
  match: {
    output: {
      attribute: 'match=contains',
      page: (given) => step('shell', '', 'seq 9') + fence(`output${braces(given)}`, '4'),
      effect: ended('passed'),
    },
  },
  stream: {
    output: {
      attribute: 'stream=stderr',
      page: (given) =>
        step('shell', '', 'echo out; echo err >&2') + fence(`output${braces(given)}`, 'err'),
      effect: ended('passed'),
    },
  },
  private: each(running, (kind) => ({
    attribute: 'private',
    page: (given) => step(kind, given, 'echo seen'),
    effect: { steps: { x: { status: 'passed', output: '' } } },
  })),
  tags: {
    ...each(running, (kind) => ({
      attribute: 'tags=mine',
      page: (given) => fence('bash {#other tags=mine,other}', 'true') + step(kind, given, 'true'),
      effect: { order: ['other', 'x'] },
      situation: { tags: ['mine'] },
    })),
    ...each(files, (kind) => ({
      attribute: 'tags=mine',
      page: (given) => fence('bash {#other tags=mine,other}', 'true') + change(kind, given),
      effect: { order: ['other', 'x'] },
      situation: { ...old, tags: ['mine'] },
    })),
  },
  title: {
    ...each(running, (kind) => ({
      attribute: 'title="the title"',
      page: (given) => step(kind, given, 'true'),
      effect: { shown: expect.stringContaining('page#x  the title\n') },
    })),
    ...each(files, (kind) => ({
      attribute: 'title="the title"',
      page: (given) => change(kind, given),
      effect: { shown: expect.stringContaining('page#x  the title\n') },
      situation: old,
    })),
  },
  'on-error': each(running, (kind) => ({
    attribute: 'on-error="/no luck/ -> other.md#why"',
    page: (given) => step(kind, given, 'echo no luck; false'),
    effect: { shown: expect.stringContaining('the page has an answer to this: other.md#why') },
  })),
  example: {
    ...each(['shell', 'console'], (kind) => ({
      attribute: 'example',
      page: (given) => fence('bash {#first}', 'true') + step(kind, given, 'true', ''),
      effect: { order: ['first'] },
    })),
    output: {
      attribute: 'example',
      page: (given) => step('shell', '', 'echo x') + fence(`output${braces(given)}`, 'y'),
      effect: ended('passed'),
    },
    dialog: {
      attribute: 'example',
      page: (given) => step('shell', '', 'echo x') + fence(`dialog${braces(given)}`, 'y => z'),
      effect: ended('passed'),
    },
    prose: {
      attribute: 'example',
      // Without it the word is taken for a slip.
      page: (given) => step('shell', '', 'echo x') + fence(`outputs${braces(given)}`, 'y'),
      effect: { refused: [], ...ended('passed') },
    },
  },
  nocompare: {
    shell: {
      attribute: 'nocompare',
      page: (given) => step('shell', given, 'echo x') + fence('output', 'y'),
      effect: ended('passed'),
    },
    console: {
      attribute: 'nocompare',
      page: (given) => fence(`console${braces('#x', given)}`, '$ echo x\ny\n$ echo z\nz'),
      effect: ended('passed'),
    },
    script: {
      attribute: 'nocompare',
      page: (given) => step('script', given, 'echo x') + fence('output', 'y'),
      effect: ended('passed'),
    },
    output: {
      attribute: 'nocompare',
      page: (given) => step('shell', '', 'echo x') + fence(`output${braces(given)}`, 'y'),
      effect: ended('passed'),
    },
  },
}

function fenceWord(kind: 'shell' | 'console' | 'prose'): string {
  return { shell: 'bash', console: 'console', prose: 'txt' }[kind]
}

/** A step whose output sets `WORD`. */
function saying(kind: Running, attributes: string, text = 'plum'): string {
  if (kind === 'console')
    return fence(`console${braces('#x', attributes)}`, `$ echo ${text}\n${word}`)
  return step(kind, attributes, `echo ${text}`) + fence('output', word)
}
