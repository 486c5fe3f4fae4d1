/** Builds steps from blocks: each fence with its output, dialog and variant. */

import { withExits } from './command-exits.ts'
import { nearest } from '../text/nearest.ts'
import { shellMessage } from './library-messages.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import type { FileStep, Step } from '../model/step.ts'
import { finishStep } from './attached-conflicts.ts'
import { AttributeReader } from './attribute-reader.ts'
import { fenceKind } from './fence-kind.ts'
import { reportManualAttributes, reportNearMisses } from './near-misses.ts'
import type { PageSource } from './page-source.ts'
import type { Block } from './read-blocks.ts'
import { reportOtherMachines } from './other-machines.ts'
import { attach, targets } from './read-attached.ts'
import { reportConflicts, reportReverts, reportUndo } from './attribute-conflicts.ts'
import { readConsoleCommands, readShellCommands } from './read-commands.ts'
import type { Report } from './report.ts'
import { splitShell } from './shell-commands.ts'
import { StepIds } from './step-ids.ts'

const defaultTimeoutMs = 300_000
const defaultWithinMs = 30_000

export interface PageContext {
  readonly source: PageSource
  readonly report: Report
  readonly roles: readonly string[]
}

export function readSteps(blocks: readonly Block[], page: PageContext): readonly Step[] {
  const ids = new StepIds(page.report)
  const steps: Step[] = []
  const byId = new Map<string, Step[]>()
  const add = (step: Step) => {
    steps.push(step)
    const same = byId.get(step.id)
    if (same) same.push(step)
    else byId.set(step.id, [step])
  }
  /** The steps that an `output` or `dialog` fence without `for=` belongs to. */
  let last: Step[] = []
  let lastGroup: number | undefined
  let heading = ''
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
        heading = block.text
        ids.heading(heading)
        break
      case 'task': {
        reportManualAttributes(block.span, page)
        const step = readTask(block, heading, ids)
        add(step)
        last = []
        break
      }
      case 'fence': {
        const { fence, group } = block
        const kind = fenceKind(fence)
        const reader = new AttributeReader(fence, kind, page.report)
        reportNearMisses(fence, kind, page)
        if (!fence.closed) {
          page.report.add('RB0302', fence.span, messages.fenceNeverClosed, messages.closeFence)
        }
        if (kind === 'prose') {
          reader.flag('example')
          break
        }
        if (kind === 'output' || kind === 'dialog') {
          attach(kind, fence, reader, targets(reader, byId, last, page.report), page)
          break
        }
        const sameGroup = group !== undefined && group.number === lastGroup
        // `last` holds the earlier steps of this group, if any.
        const before = sameGroup ? last.length : 0
        const variant = group && {
          group: group.number,
          label: fence.label ?? `${before + 1}`,
        }
        const id = ids.assign(reader.attribute('id'), fence.span, group?.number)
        const step = readStep(fence, kind, reader, { ...page, ...id, variant, heading })
        add(step)
        // After a code group, an output outside it belongs to all its variants.
        if (sameGroup) last.push(step)
        else last = [step]
        lastGroup = group?.number
        break
      }
      default:
        throw new Error(`unreachable: ${JSON.stringify(block satisfies never)}`)
    }
  }
  for (const step of steps) finishStep(step, page.report)
  reportOtherMachines(steps, page.report)
  reportUndo(steps, page.report)
  reportReverts(steps, page.report)
  return steps
}

interface StepContext extends PageContext {
  readonly id: string
  readonly idGiven: boolean
  readonly variant: Step['variant']
  readonly heading: string
}

function readStep(
  fence: Fence,
  kind: 'shell' | 'console' | 'script' | 'file' | 'patch',
  reader: AttributeReader,
  context: StepContext,
): Step {
  const base = readBase(fence, reader, context)
  reportConflicts(reader, context.report)
  const { language } = fence
  switch (kind) {
    case 'shell': {
      const commands = withExits(readShellCommands(fence, context.report), reader, context.report)
      return { ...base, kind, language, fence, commands, expects: undefined, dialog: [] }
    }
    case 'console':
      return {
        ...base,
        kind,
        language,
        fence,
        commands: withExits(readConsoleCommands(fence, context.report), reader, context.report),
        expects: undefined,
        dialog: [],
      }
    case 'script': {
      const run = reader.text('run') ?? ''
      const problem = splitShell(run).problem
      withExits([], reader, context.report)
      const span = reader.attribute('run')?.valueSpan
      if (problem && span)
        context.report.add(
          'RB0301',
          span,
          messages.commandUnreadable(shellMessage(problem.message)),
        )
      return {
        ...base,
        kind,
        language,
        fence,
        run,
        text: fence.text,
        expand: reader.flag('expand'),
        expects: undefined,
      }
    }
    case 'file':
      return readFile(base, fence, reader)
    case 'patch':
      return { ...base, kind, language, fence, path: reader.text('file') ?? '', patch: fence.text }
    default:
      return kind satisfies never
  }
}

type StepBase = Omit<
  FileStep,
  'kind' | 'language' | 'fence' | 'path' | 'content' | 'mode' | 'edit' | 'expand'
>

function readFile(base: StepBase, fence: Fence, reader: AttributeReader): FileStep {
  return {
    ...base,
    kind: 'file',
    language: fence.language,
    fence,
    path: reader.text('file') ?? '',
    content: fence.text === '' ? '' : `${fence.text}\n`,
    mode: reader.mode('mode'),
    edit: reader.oneOf('edit', ['section', 'line', 'block']),
    expand: reader.flag('expand'),
  }
}

function readBase(fence: Fence, reader: AttributeReader, context: StepContext): StepBase {
  const created = reader.attribute('creates')
  const creates = created && reader.text('creates')
  const createdChecks =
    created && creates !== undefined
      ? [
          {
            question: { kind: 'file', path: creates } as const,
            negated: false,
            text: `file:${creates}`,
            span: created.span,
          },
        ]
      : []
  const role = reader.word('on')
  if (role !== undefined && !context.roles.includes(role)) {
    const meant = nearest(role, context.roles)
    const help = meant === undefined ? shared.declareRole(role) : shared.didYouMean(meant)
    context.report.add(
      'RB0204',
      reader.attribute('on')?.valueSpan ?? fence.span,
      messages.unknownRole(role),
      help,
    )
  }
  return {
    id: context.id,
    idGiven: context.idGiven,
    title: reader.text('title') ?? context.heading,
    span: fence.span,
    attributes: reader.written(),
    role,
    user: reader.word('as'),
    dir: reader.text('dir'),
    variant: context.variant,
    needs: reader.checks('needs'),
    when: reader.checks('when'),
    unless: [...reader.checks('unless'), ...createdChecks],
    ensures: [...reader.checks('ensures'), ...createdChecks],
    ready: reader.checks('ready'),
    withinMs: reader.durationMs('within') ?? defaultWithinMs,
    timeoutMs: reader.durationMs('timeout') ?? defaultTimeoutMs,
    retry: reader.retry(),
    exit: reader.exit(),
    background: reader.flag('background'),
    stop: reader.signal('stop') ?? 'TERM',
    reboot: reader.flag('reboot'),
    always: reader.flag('always'),
    undo: reader.text('undo'),
    reverts: readReverts(reader.text('reverts')),
    danger: reader.text('danger'),
    captures: reader.names('captures'),
    secrets: reader.names('secret'),
    private: reader.flag('private'),
    tags: reader.tags(),
    onError: reader.onError(),
  }
}

function readReverts(text: string | undefined): StepBase['reverts'] {
  if (text === undefined) return []
  return text === '*' ? text : text.split(',').filter((id) => id !== '')
}

function readTask(block: Block & { readonly kind: 'task' }, heading: string, ids: StepIds): Step {
  const { id, idGiven } = ids.assign(undefined, block.span, undefined)
  return {
    kind: 'manual',
    id,
    idGiven,
    title: heading,
    text: block.text,
    span: block.span,
    attributes: {},
    role: undefined,
    user: undefined,
    dir: undefined,
    variant: undefined,
    needs: [],
    when: [],
    unless: [],
    ensures: [],
    ready: [],
    withinMs: defaultWithinMs,
    timeoutMs: defaultTimeoutMs,
    retry: undefined,
    exit: [0],
    background: false,
    stop: 'TERM',
    reboot: false,
    always: false,
    undo: undefined,
    reverts: [],
    danger: undefined,
    captures: [],
    secrets: [],
    private: false,
    tags: [],
    onError: [],
  }
}
