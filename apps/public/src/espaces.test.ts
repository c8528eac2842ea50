import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ESPACES } from './espaces.ts'

const APPS = join(import.meta.dirname, '../..')

/** The entries of an app's menu, as its main.tsx declares them: `{ to: paths.stock(), label: 'Mon stock', … }`. */
const menuOf = async (app: string): Promise<[string, string][]> => {
  const source = readFileSync(join(APPS, app, 'src/main.tsx'), 'utf8')
  const { paths } = (await import(/* @vite-ignore */ join(APPS, app, 'src/paths.ts'))) as { paths: Record<string, () => string> }
  const menu = /menu: \[([\s\S]*?)\n {2}\],/.exec(source)?.[1] ?? ''
  return [...menu.matchAll(/to: paths\.(\w+)\(\), label: '([^']+)'/g)].map(([, name = '', label = '']) => [paths[name]?.() ?? '?', label])
}

test.each(ESPACES)('the site map has the whole menu of $app', async ({ app, pages }) => {
  const menu = await menuOf(app)
  expect(menu.length).toBeGreaterThan(2)
  expect(pages).toEqual(menu)
})
test('no app is left out', () => {
  const apps = ['anct', 'collectivite', 'compte', 'mediateur', 'operateur', 'partenaire', 'prescripteur']
  expect(ESPACES.map(({ app }) => app).toSorted()).toEqual(apps)
  expect(apps.filter((app) => !existsSync(join(APPS, app, 'index.html')))).toEqual([])
})
