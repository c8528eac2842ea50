import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { CONVENTION, serieK } from '../../prisma/seed/base/ids.ts'
import { euros } from '../../packages/domain/src/money.ts'
import { formatSerie } from '../../packages/domain/src/references.ts'
import { readPdf } from '../api/test/read-pdf.ts'
import { passUntil } from './clock.ts'
import { confirm } from './life-convention.ts'
import { expect, test } from './people.ts'

/** The end of validity of a lot, by its two parties, from thirty days before to the avoir. It moves the clock: it runs last. */
test.describe.configure({ timeout: 180_000 })

const COMMANDE = '2026-0001'
/** In the stock of a prescripteur, never handed over. */
const DORMANT = formatSerie(serieK(12))

/** From the list of the lots to the sheet of this one; its address. */
const openLot = async (page: Page, app: string): Promise<string> => {
  // the lots of this convention only: the counter's own tests make others
  await page.goto(`/${app}/echeances?conventionId=${CONVENTION.cv1}`)
  await page
    .getByRole('row', { name: new RegExp(COMMANDE) })
    .getByRole('link')
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Échéance du 30/06/2026')
  return page.url()
}

/** What the worker does in the morning of the new day is on the sheet. */
const read = (page: Page, address: string, text: string | RegExp) =>
  expect(async () => {
    await page.goto(address)
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 30_000 })

/** A line of facts, by its term. */
const fact = (page: Page, terme: string): Locator => page.locator('dt', { hasText: terme }).locator('xpath=following-sibling::dd[1]')

/** The avoir as the browser keeps it. */
const downloadAvoir = async (page: Page): Promise<string> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Avoir AL26-/ }).click()])
  const pages = await readPdf(readFileSync(await file.path()))
  return pages.map(({ text }) => text).join('\n')
}

test('a lot ends: announced, its distribution stopped, its counts recognised, its statement signed, its avoir read', async ({ as }) => {
  const collectivite = await as('collectivite.gestionnaire')
  const operateur = await as('operateur.gestionnaire')
  await passUntil(operateur, '2026-05-31')
  const theirs = await openLot(collectivite, 'collectivite')
  const ours = await openLot(operateur, 'operateur')

  await test.step('D−30: both sides read the counts of the alert; the collectivité alone stops the distribution', async () => {
    await read(operateur, ours, /^Annoncé le 31\/05\/2026\s:\s\d+\scarnets émis/)
    await expect(operateur.getByRole('button', { name: 'Arrêter la distribution' })).toHaveCount(0)
    await collectivite.reload()
    await confirm(collectivite, 'Arrêter la distribution', 'Donner mon accord')
    await expect(collectivite.getByRole('status').filter({ hasText: 'Accord enregistré.' })).toBeVisible()
    await expect(collectivite.getByText('Arrêt à partir du 15/06/2026', { exact: false })).toBeVisible()
  })

  await test.step('D−7: no carnet is handed over any more; each side recognises the counts', async () => {
    await passUntil(operateur, '2026-06-23')
    const agent = await as('p2:prescripteur.agent')
    await agent.goto('/prescripteur/remettre')
    await agent.getByLabel('Numéro du carnet').fill(DORMANT)
    await expect(agent.getByText('La distribution de ces carnets est arrêtée', { exact: false }).first()).toBeVisible()
    await read(operateur, ours, /^Annoncé le 23\/06\/2026/)
    await confirm(operateur, 'Reconnaître les comptes', 'Reconnaître les comptes')
    await expect(operateur.getByText(/^En attente de\s:\sla collectivité\.$/)).toBeVisible()
    await collectivite.reload()
    await confirm(collectivite, 'Reconnaître les comptes', 'Reconnaître les comptes')
    await expect(collectivite.getByText('Personne n’a rien à faire avant ce jour.', { exact: false })).toBeVisible()
  })

  await test.step('D+37: the statement is there; the lot is not closed before both have signed', async () => {
    await passUntil(operateur, '2026-08-06')
    await read(operateur, ours, 'Établi le 06/08/2026, version 1')
    await confirm(operateur, 'Signer le relevé commun', 'Signer le relevé')
    await expect(operateur.getByRole('button', { name: 'Clore le lot' })).toHaveCount(0)
    await collectivite.goto(theirs)
    await confirm(collectivite, 'Signer le relevé commun', 'Signer le relevé')
    await expect(collectivite.getByRole('button', { name: 'Clore le lot' })).toHaveCount(0)
    await operateur.reload()
  })

  await test.step('the avoir gives back each pass never used, at its value, shared by the key; the collectivité reads the same in its file', async () => {
    const expires = Number((await fact(operateur, 'Pass actifs jamais utilisés').innerText()).split(',')[0]!.replaceAll(/\D/g, ''))
    const annules = await fact(operateur, 'Pass annulés').allInnerTexts()
    const centimes = (expires + Number(annules[0] ?? 0)) * 1000
    expect(expires).toBeGreaterThan(0)
    await confirm(operateur, 'Clore le lot', 'Clore le lot')
    await expect(operateur.getByRole('status').filter({ hasText: `de ${euros(centimes)} établi.` })).toBeVisible()
    await collectivite.goto(theirs)
    await expect(collectivite.getByText('Ce lot est clos', { exact: false })).toBeVisible()
    await expect(fact(collectivite, 'Total')).toHaveText(euros(centimes))
    const text = await downloadAvoir(collectivite)
    const plain = (amount: number) => euros(amount).replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')
    expect(text).toMatch(/Avoir AL26-\d{4}/)
    for (const part of [`${expires} pass expirés`, plain(centimes), 'Fonds social européen', plain(centimes * 0.6), plain(centimes * 0.2)])
      expect(text).toContain(part)
    const agent = await as('p2:prescripteur.agent')
    await agent.reload()
    await agent.getByLabel('Numéro du carnet').fill(DORMANT)
    await expect(agent.getByText('Expiré', { exact: false }).first()).toBeVisible()
  })
})
