import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { appOf, expect, test } from './people.ts'
import { COMPTE, PUBLIC, SCREENS } from './screens.ts'

const needAccessible = async (page: Page, path: string) => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('n’a pas pu')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${path}\u00a0: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
  // two controls of one id, and a label names the wrong one: axe does not look at it
  const twins = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return ids.filter((id, rank) => ids.indexOf(id) !== rank)
  })
  expect(twins, `${path}: ids given twice`).toEqual([])
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

for (const [key, paths] of COMPTE)
  test(`the account screens of ${key} are accessible and fit @phone`, async ({ as, viewport }) => {
    test.setTimeout(120_000)
    const page = await as(key)
    if (viewport) await page.setViewportSize(viewport)
    for (const path of paths) await needAccessible(page, `/compte${path}`)
  })

test('the public screens are accessible and fit @phone', async ({ page }) => {
  test.setTimeout(120_000)
  for (const path of PUBLIC) await needAccessible(page, path)
})
