/** A person's way through the site, with a real Chromium. */

import { join } from 'node:path'
import { openBrowser } from '../support/browser.ts'

export interface Visitor {
  readonly address: string
  readonly user: string
  readonly password: string
}

/**
 * Logs in as a person would: is sent to the login page, mistypes the password, logs in, sees the
 * table, logs out.
 *
 * @returns What was seen, a line each.
 * @throws {Error} Where something is not as it should be.
 */
export async function logIn(
  chromium: string,
  { address, user, password }: Visitor,
  pictures: string,
): Promise<readonly string[]> {
  const browser = await openBrowser(chromium)
  try {
    const seen: string[] = []
    const { page, problems } = await browser.open(`http://${address}/`)
    expectSame('the address', new URL(page.url()).pathname, '/login/')
    expectSame('the title', await page.title(), '登录 · 自动化测试平台')
    const color = await page
      .locator('form.card button')
      .evaluate((button) => getComputedStyle(button).backgroundColor)
    expectSame('the colour of the button, from the style sheet', color, 'rgb(47, 111, 79)')
    seen.push('/ leads to the login page; its style sheet, script and picture are there')

    const submit = async (secret: string) => {
      await page.getByLabel('用户名或邮箱').fill(user)
      await page.getByLabel('密码').fill(secret)
      await page.getByRole('button', { name: '登录' }).click()
      await page.waitForLoadState('networkidle')
    }
    await submit('wrong-password')
    expectSame(
      'the alert',
      (await page.getByRole('alert').textContent())?.trim(),
      '用户名或密码不对',
    )
    seen.push('a wrong password is refused')
    await page.screenshot({ path: join(pictures, 'login.png') })

    problems.length = 0
    await submit(password)
    expectSame('the address after the login', new URL(page.url()).pathname, '/')
    expectSame('who is logged in', await page.locator('.who').textContent(), user)
    expectSame('the number of cases', await page.locator('tbody tr').count(), 4)
    await page.screenshot({ path: join(pictures, 'index.png') })
    seen.push(`${user} is logged in and sees 4 cases`)

    await page.getByRole('button', { name: '退出' }).click()
    await page.waitForLoadState('networkidle')
    await page.goto(`http://${address}/`, { waitUntil: 'networkidle' })
    expectSame('the address after the logout', new URL(page.url()).pathname, '/login/')
    seen.push('after the logout / leads to the login page again')
    if (problems.length > 0) throw new Error(`the browser complains: ${problems.join('; ')}`)
    return seen
  } finally {
    await browser.close()
  }
}

function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
}
