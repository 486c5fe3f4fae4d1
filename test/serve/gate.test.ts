import { describe, expect, test } from 'vitest'
import { type Asking, refusalOf } from '../../src/serve/gate.ts'
import { servedPage } from '../../src/serve/site-page.ts'

const token = 'a'.repeat(43)
const good: Asking = {
  method: 'POST',
  path: '/_runbook/runs',
  host: '127.0.0.1:8000',
  origin: 'http://127.0.0.1:8000',
  site: 'same-origin',
  authorization: `Bearer ${token}`,
}
const status = (changes: Partial<Asking>) => refusalOf({ ...good, ...changes }, token)?.status

describe('the gate', () => {
  test('lets the page in that has the token', () => {
    expect(status({})).toBeUndefined()
    expect(status({ origin: undefined, site: undefined })).toBeUndefined()
  })

  test.each([
    'localhost',
    'localhost:1',
    '127.0.0.1',
    '127.0.0.1:65535',
    '[::1]:80',
    'LOCALHOST:9',
  ])('knows the name %s', (host) => {
    expect(status({ host, origin: `http://${host}` })).toBeUndefined()
  })

  test.each([
    undefined,
    '',
    'evil.test',
    'evil.test:8000',
    'localhost.evil.test',
    '127.0.0.1.evil',
    'evil.localhost',
    '127.0.0.2',
    '0.0.0.0:8000',
    '[::]:8000',
    '127.0.0.1:8000:1',
    '2130706433',
    '127.0.0.1:8000@evil.test',
    ' 127.0.0.1',
    '127.1',
  ])('knows no name %s', (host) => {
    expect(status({ host, origin: undefined })).toBe(421)
  })

  test.each([
    'http://127.0.0.1:8001',
    'http://localhost:8000',
    'https://127.0.0.1:8000',
    'null',
    'http://evil.test',
    'http://127.0.0.1:8000.evil.test',
    'http://127.0.0.1:80000',
    '',
  ])('takes nothing from the origin %s', (origin) => {
    expect(status({ origin })).toBe(403)
  })

  test.each(['cross-site', 'same-site', 'none'])('takes nothing from a %s page', (site) => {
    expect(status({ site })).toBe(403)
  })

  test.each([
    undefined,
    '',
    token,
    `bearer ${token}`,
    `Bearer ${token} `,
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    'Bearer ',
    'Bearer undefined',
    `Basic ${token}`,
  ])('takes no token %s', (authorization) => {
    expect(status({ authorization })).toBe(401)
  })

  test('wants the token before it knows of a route, whatever the method', () => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'X'])
      for (const path of ['/_runbook/me', '/_runbook/nothing', '/_runbook/', '/_runbook/page.jsx'])
        expect({
          method,
          path,
          status: status({ method, path, authorization: undefined }),
        }).toEqual({
          method,
          path,
          status: 401,
        })
    expect(status({ path: '/04-mysql', authorization: undefined })).toBe(401)
  })

  test('gives pages and its own files to a browser that has no token yet', () => {
    for (const path of [
      '/',
      '/04-mysql',
      '/assets/x.js',
      '/_runbook/page.js',
      '/_runbook/page.css',
      '/_runbook/parts/terminal.js',
    ])
      for (const method of ['GET', 'HEAD'])
        expect(status({ method, path, authorization: undefined, site: 'none' })).toBeUndefined()
  })
})

describe('a page on its way out', () => {
  test('gets the module, and its own inline scripts may run and no other', () => {
    const { html, policy } = servedPage(
      '<html><head><script id="x">1</script><script src="/a.js"></script></head><body></body></html>',
    )
    expect(html).toContain('<script type="module" src="/_runbook/page.js"></script></head>')
    expect(policy).toContain(
      "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=';",
    )
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
})
