/** What a plan shows a person and a program: `drawn/plan.*`. */

import { describe, expect, test } from 'vitest'
import type { Lang } from '../../src/model/message.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { bindLanes, readHostFlag } from '../../src/plan/bind-roles.ts'
import { planRun, upFrontChecks } from '../../src/plan/plan-run.ts'
import { resolveVariables } from '../../src/plan/resolve-variables.ts'
import { aboutLines } from '../../src/report/about-lines.ts'
import { renderPlanMarkdown } from '../../src/report/plan-markdown.ts'
import { planLimits } from '../../src/report/plan-limits.ts'
import { planDocument, renderPlan } from '../../src/report/render-plan.ts'
import { paletteFor } from '../../src/report/style.ts'
import type { FileForecast } from '../../src/run/file-change.ts'
import { aboutStep } from '../../src/run/step-about.ts'
import { RunVariables } from '../../src/run/variables.ts'
import { displayWidth } from '../../src/text/display-width.ts'
import { scriptedHost } from '../run/scripted-host.ts'

const source = `---
title: 开店
needs: [os:debian, cmd:curl]
vars:
  NAME: shop
  TOKEN: { secret: true, ask: the token }
---

\`\`\`bash {#install creates=/usr/sbin/nginx title="安装 nginx"}
apt-get install -y nginx
\`\`\`

\`\`\`ini {#config file=/etc/shop.conf expand}
name = \${NAME}
token = \${TOKEN}
\`\`\`

\`\`\`bash {#serve ensures=port:80}
systemctl start nginx # \u202egninnur\u202c
\`\`\`

\`\`\`bash {#open needs=port:80 when=os:centos}
curl -s localhost
\`\`\`

\`\`\`bash {#drop danger="all customers are lost" as=app}
shop drop
\`\`\`

- [ ] look at the sign
`

const { runbook, diagnostics } = parseRunbook('shop.md', source)
const [bindings] = bindLanes([runbook], [readHostFlag('web')], {})
if (!bindings) throw new Error('there is one lane')
const input = {
  runbooks: [runbook],
  bindings,
  hosts: new Map([['web', { ...scriptedHost(), name: 'web' }]]),
  required: new Map(),
  onlyIfMissing: new Set<never>(),
  hasPassed: () => false,
  isSelected: () => true,
}
const holding = new Set(['os:debian', 'file:/usr/sbin/nginx'])
const answers = new Map(
  [...upFrontChecks(input)].map(([host, checks]) => [
    host,
    new Map(
      checks.map((check) => {
        const holds = holding.has(check.text)
        const actual = holds ? check.text : 'it is not'
        return [check, { check: check.text, holds, actual }] as const
      }),
    ),
  ]),
)
const plan = planRun({ ...input, answers })
const given = { project: {}, varsFile: {}, environment: {}, flags: {} }
const forecast: FileForecast = {
  kind: 'changes',
  isNew: false,
  added: 2,
  removed: 1,
  diff: undefined,
  hidden: 'secret',
  mode: { from: '644', to: '600' },
}
const findings = {
  forecasts: new Map(
    plan.steps.flatMap((each) => (each.step.id === 'config' ? [[each, forecast] as const] : [])),
  ),
  values: resolveVariables([runbook], given).used,
}
const limits = planLimits({ timeout: 60_000, canary: 1, batch: 50 })
const variables = new RunVariables(
  { NAME: 'shop', TOKEN: 'sesame-sesame' },
  new Set(['TOKEN']),
  () => {},
)
const palette = paletteFor({ colour: false, unicode: true })

test('the page of this plan has no diagnostics', () => {
  expect(diagnostics).toEqual([])
})

describe.each(['en', 'zh'] as const)('a plan in %s', (lang: Lang) => {
  test('is drawn at 80 columns', async () => {
    const text = renderPlan(plan, findings, { lang, palette, columns: 80 })
    await expect(text).toMatchFileSnapshot(`drawn/plan.${lang}.txt`)
    expect(text).not.toContain('\u202e')
  })

  test('is written as Markdown', async () => {
    const text = renderPlanMarkdown([plan], findings, lang, limits)
    await expect(text).toMatchFileSnapshot(`drawn/plan.${lang}.md`)
  })

  test('shows its steps before a question', async () => {
    const shown = plan.steps.map((each) => {
      const about = aboutStep(
        { planned: each, session: { facts: { user: 'root' } }, variables },
        findings.forecasts.get(each),
      )
      return aboutLines(about, { lang, palette, columns: 80 }).join('\n')
    })
    await expect(shown.join('\n\n')).toMatchFileSnapshot(`drawn/about.${lang}.txt`)
    for (const line of shown.join('\n').split('\n')) expect(displayWidth(line)).toBeLessThan(81)
  })
})

test('a plan for a program', async () => {
  const text = JSON.stringify(planDocument([plan], findings, limits), undefined, 2)
  await expect(`${text}\n`).toMatchFileSnapshot('drawn/plan.json')
})
