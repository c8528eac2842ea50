import { formatSerie } from '../../packages/domain/src/references.ts'
import { serieK } from '../../prisma/seed/base/ids.ts'
import { expect, test } from './people.ts'
import { needAccessible } from './page-checks.ts'

test('any number is found from any page by the « / » key, and the code of a pass never leaves the browser', async ({ as }) => {
  const page = await as('collectivite.gestionnaire')
  const asked: string[] = []
  page.on('request', (request) => void (request.url().includes('/api/recherche') && asked.push(request.url())))
  const field = page.getByRole('textbox', { name: 'Numéro' })

  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await field.fill('K7M2-QX9T-B4RS')
  await page.keyboard.press('Enter')
  await expect(page.getByText('il ne se cherche pas')).toBeVisible()
  expect(asked).toEqual([])

  await field.fill('26-0000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: `Carnet ${formatSerie(serieK(5))}` })).toBeVisible()
  await needAccessible(page, 'the search with its results')

  // a scanner types the whole number and Enter: the only answer opens by itself
  await field.fill(formatSerie(serieK(2)))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(formatSerie(serieK(2)))
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the shortcut can be turned off, and never takes a letter from a field', async ({ as }) => {
  const page = await as('prescripteur.agent')
  await page.goto('/prescripteur/remettre')
  const numero = page.getByRole('textbox').first()
  await numero.press('/')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await numero.blur()
  await page.keyboard.press('/')
  await page.getByRole('checkbox', { name: /Ouvrir cette recherche/ }).uncheck()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Rechercher un numéro' }).click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Numéro', exact: true })).toBeFocused()
})
