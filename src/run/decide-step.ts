import type { PlannedStep } from '../plan/plan-run.ts'
import { withText } from './control.ts'
import type { StepContext } from './step-context.ts'
import { stepQuestion } from './step-question.ts'
import { chooseVariant } from './take-step.ts'

/** The result of a person's choice for a step. */
export type StepDecision =
  /** `context` belongs to the variant that was shown, or to the edited step. */
  | { readonly kind: 'take' | 'skip'; readonly context: StepContext }
  | { readonly kind: 'jump'; readonly step: string }
  | { readonly kind: 'quit' }

export interface DecideOptions {
  readonly contextOf: (planned: PlannedStep) => StepContext
  /** Addresses of all steps of the run. */
  readonly addresses: readonly string[]
}

/** Asks a person before a step begins. */
export async function decideStep(
  asking: StepContext,
  { contextOf, addresses }: DecideOptions,
): Promise<StepDecision> {
  const chosen = await chooseVariant(asking)
  const context = chosen.kind === 'variant' ? contextOf(chosen.planned) : asking
  const { planned, ports } = context
  const question = await stepQuestion(context, addresses)
  const choice = (await ports.prompt.step(question, ports.signal)) ?? { kind: 'quit' }
  switch (choice.kind) {
    case 'run':
      return { kind: 'take', context }
    case 'skip':
      return { kind: 'skip', context }
    case 'edit': {
      const step = withText(planned.step, choice.text)
      const edited = { ...planned, step, variants: [step], isDeviation: true }
      return { kind: 'take', context: contextOf(edited) }
    }
    case 'jump':
    case 'quit':
      return choice
    default:
      return choice satisfies never
  }
}
