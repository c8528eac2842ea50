import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { PersonKey } from '../../prisma/seed/base/ids.ts'
import { COMMANDE, CONVENTION, LIEU } from '../../prisma/seed/base/ids.ts'
import { appOf, expect, test } from './people.ts'

/** The screens that people see most, by role: no violation of WCAG 2.2 A and AA, no sideways scroll. */
const SCREENS: [PersonKey, readonly string[]][] = [
  [
    'collectivite.gestionnaire',
    [
      '/',
      '/conventions',
      `/conventions/${CONVENTION.cv1}`,
      '/commandes',
      `/commandes/${COMMANDE.c1}`,
      '/stock',
      '/tableau-de-bord',
      '/grand-livre',
    ],
  ],
  ['prescripteur.agent', ['/', '/remettre', '/stock', '/attributions', '/personnes']],
  ['structure.mediateur', ['/', '/ateliers', '/ateliers/nouveau', '/virements', '/mon-lieu']],
  ['operateur.gestionnaire', ['/', '/commandes', `/commandes/${COMMANDE.signee}`, '/carnets']],
  ['operateur.finance_preparateur', ['/remboursements', '/bordereaux']],
  ['anct.pilote', ['/', '/conventions', '/territoires']],
]
const PUBLIC = ['/', '/lieux', `/lieux/${LIEU.l1}`, '/connexion', '/accessibilite', '/aide']

const needAccessible = async (page: Page, path: string) => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('n’a pas pu')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${path}\u00a0: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
}

for (const [key, paths] of SCREENS)
  test(`the screens of ${key} are accessible and fit @phone`, async ({ as, viewport }) => {
    test.setTimeout(120_000)
    const page = await as(key)
    if (viewport) await page.setViewportSize(viewport)
    for (const path of paths) await needAccessible(page, `${appOf(key)}${path === '/' ? '/' : path}`)
  })

test('the public screens are accessible and fit @phone', async ({ page }) => {
  test.setTimeout(120_000)
  for (const path of PUBLIC) await needAccessible(page, path)
})
