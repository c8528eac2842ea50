import { AxeBuilder } from '@axe-core/playwright'
import { expect as atOnce, type Page, test } from '@playwright/test'
import { PEOPLE } from '../../prisma/seed/base/ids.ts'

// two sites, a sign-in and the first page of an app: many loads one after the other
const expect = atOnce.configure({ timeout: 20_000 })
test.describe.configure({ timeout: 90_000 })

const BUTTON = /S’identifier avec ProConnect/
const PROVIDER = { name: 'Qui se connecte\u00a0?', level: 1 }
const camille = PEOPLE['collectivite.gestionnaire']

/** From the sign-in page to the provider's, which asks who this is. */
const leave = async (page: Page, retour = '') => {
  await page.goto(`/connexion${retour}`)
  await page.getByRole('link', { name: BUTTON }).click()
  await expect(page.getByRole('heading', PROVIDER)).toBeVisible()
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
}
const choose = (page: Page, name: string) => page.getByRole('button', { name }).click()
const title = (page: Page) => page.getByRole('heading', { level: 1 })
const signOut = async (page: Page) => {
  await page
    .getByRole('banner')
    .getByRole('button', { name: `${camille.prenom} ${camille.nom}` })
    .click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.waitForURL(/\/connexion/)
}
const needAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
}

test('an agent signs in by ProConnect, and signing out is signing out everywhere', async ({ page }) => {
  await leave(page)
  await choose(page, 'Camille Essai')
  await page.waitForURL('/collectivite/')
  await expect(page.getByRole('banner')).toContainText('Département de la Creuse')

  // ProConnect still knows the agent: one link, no question
  await page.goto('/api/session/proconnect?retour=%2Fcollectivite%2Fcommandes')
  await page.waitForURL('/collectivite/commandes')

  await signOut(page)
  expect((await page.context().cookies()).filter(({ name }) => name === '__Host-session')).toEqual([])
  await page.goto('/collectivite/')
  await page.waitForURL(/\/connexion/)
  // and it has forgotten: it asks again, and another agent may take the place
  await leave(page)
  await choose(page, 'Rosa Témoin')
  await page.waitForURL('/prescripteur/')
  await expect(page.getByRole('banner')).toContainText('CCAS de Bonnat')
})

test('the page asked for before signing in is the one that opens after', async ({ page }) => {
  await page.goto('/collectivite/conventions')
  await page.waitForURL(/\/connexion\?/)
  await page.getByRole('link', { name: BUTTON }).click()
  await choose(page, 'Camille Essai')
  await page.waitForURL('/collectivite/conventions')
})

test('cancelling comes back with its own sentence, and the way in again', async ({ page }) => {
  await leave(page)
  await choose(page, 'Annuler')
  await expect(title(page)).toHaveText('Connexion annulée')
  await page.getByRole('link', { name: BUTTON }).click()
  await choose(page, 'Claire Essai')
  await page.waitForURL('/collectivite/')
})

test('a SIRET that nobody knows is named, with what to do next @phone', async ({ page }) => {
  await leave(page)
  await needAccessible(page)
  await choose(page, 'Ugo Inconnu')
  await expect(title(page)).toHaveText('Votre organisation n’est pas inscrite')
  await expect(page.getByRole('main')).toContainText('269 900 015 00018')
  await expect(page.getByRole('link', { name: 'À qui s’adresser' })).toBeVisible()
  await needAccessible(page)
  expect((await page.context().cookies()).filter(({ name }) => name === '__Host-session')).toEqual([])
})

test('an agent whom nobody invited is told whom to ask', async ({ page }) => {
  await leave(page)
  await choose(page, 'Nadia Nouvelle')
  await expect(title(page)).toHaveText('Votre organisation est inscrite, mais pas vous')
  await expect(page.getByRole('main')).toContainText('222 300 010 00013')
})

test('coming back a second time, or in another browser, opens nothing', async ({ page, browser }) => {
  let callback = ''
  page.on('request', (request) => {
    if (request.url().includes('/api/session/proconnect/retour')) callback = request.url()
  })
  await leave(page)
  await choose(page, 'Camille Essai')
  await page.waitForURL('/collectivite/')
  const other = await (await browser.newContext()).newPage()
  await other.goto(callback)
  await expect(title(other)).toHaveText('Cette connexion n’a pas commencé ici')
  await page.goto(callback)
  await expect(title(page)).toHaveText('Cette connexion n’a pas commencé ici')
  await other.context().close()
})
