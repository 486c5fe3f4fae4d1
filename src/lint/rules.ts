import { captures } from './captures.ts'
import { cleanUp } from './clean-up.ts'
import { continuations } from './continuations.ts'
import { derivedIds } from './derived-ids.ts'
import { destructive } from './destructive.ts'
import { dialogVariables } from './dialog-variables.ts'
import { endless } from './endless.ts'
import { exitOfEveryCommand } from './exit-of-every-command.ts'
import { extendedGlobs } from './extended-globs.ts'
import { foreignMarks } from './foreign-marks.ts'
import { images } from './images.ts'
import { interactive } from './interactive.ts'
import { leftRunning } from './left-running.ts'
import type { Rule } from './lint-page.ts'
import { answers, links } from './links.ts'
import { loginFiles } from './login-files.ts'
import { noCommands } from './no-commands.ts'
import { packageManager } from './package-manager.ts'
import { placeholders } from './placeholders.ts'
import { prompts } from './prompts.ts'
import { reboot } from './reboot.ts'
import { remarks } from './remarks.ts'
import { secrets } from './secrets.ts'
import { siteMarkup } from './site-markup.ts'
import { sudo } from './sudo.ts'
import { typography } from './typography.ts'
import { unrunFences } from './unrun-fences.ts'
import { indentedCode, unseenFence } from './unseen-code.ts'
import { parameters, unsetVariables } from './variables.ts'
import { variants } from './variants.ts'

/** Every rule of lint; the parser reports further problems by itself. */
export const rules: readonly Rule[] = [
  answers,
  captures,
  cleanUp,
  continuations,
  derivedIds,
  destructive,
  dialogVariables,
  endless,
  exitOfEveryCommand,
  extendedGlobs,
  foreignMarks,
  images,
  indentedCode,
  interactive,
  leftRunning,
  links,
  loginFiles,
  noCommands,
  packageManager,
  parameters,
  placeholders,
  prompts,
  reboot,
  remarks,
  secrets,
  siteMarkup,
  sudo,
  typography,
  unrunFences,
  unseenFence,
  unsetVariables,
  variants,
]
