import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { ALERTE, PRESCRIPTION } from '../../prisma/seed/base/ids.ts'
import { needAccessible } from './page-checks.ts'
import { expect, test } from './people.ts'

test.describe.configure({ timeout: 180_000 })

const ATELIER = /\/mediateur\/ateliers\/([0-9a-f-]{36})$/
const PHONE = { width: 320, height: 640 }

/** Presses, and counts: an atelier is made in four at most (ux.md A27). */
const counted = () => {
  let taps = 0
  return {
    tap: async (what: Locator) => {
      await what.click()
      taps++
    },
    taps: () => taps,
  }
}

test('an atelier is created, then duplicated, in four taps at most', async ({ as }) => {
  const page = await as('structure.mediateur')
  await page.setViewportSize(PHONE)
  const create = counted()
  await create.tap(page.getByRole('link', { name: 'Nouvel atelier' }).first())
  await create.tap(page.getByRole('radio', { name: /Aide aux démarches administratives/ }))
  await create.tap(page.getByRole('button', { name: 'Créer l’atelier' }))
  await expect(page).toHaveURL(ATELIER)
  expect(create.taps()).toBeLessThanOrEqual(4)
  const first = page.url()

  await page.goto('/mediateur/')
  const copy = counted()
  await copy.tap(page.getByRole('link', { name: /^Dupliquer Aide aux démarches administratives/ }).first())
  await needAccessible(page, 'the copy of an atelier')
  await copy.tap(page.getByRole('button', { name: 'Dupliquer au mardi 17 mars 2026' }))
  await expect(page).toHaveURL(ATELIER)
  expect(copy.taps()).toBeLessThanOrEqual(4)
  expect(page.url()).not.toBe(first)
  await expect(page.getByText(/^mardi\s17\smars\s2026/)).toBeVisible()
})

/** A slot of today at 17 h, with one seat, proposed to the prescripteurs; its address. */
const offerSlot = async (page: Page): Promise<string> => {
  await page.goto('/mediateur/ateliers/serie')
  await page.getByLabel('Thème').selectOption({ label: 'Aide aux démarches administratives' })
  await page.getByLabel('Heure de début').fill('17:00')
  await page.getByLabel('Nombre de places, à chaque date').fill('1')
  await page.getByLabel('Nombre de dates').fill('2')
  await page.getByRole('button', { name: 'Retirer le mardi 17 mars 2026' }).click()
  await page.getByRole('checkbox', { name: 'Proposer les places libres aux prescripteurs' }).check()
  await page.getByRole('button', { name: 'Créer 1 atelier' }).click()
  await expect(page.getByText('1 atelier créé.')).toBeVisible()
  await page.getByRole('link', { name: 'mardi 10 mars 2026, 17 h' }).click()
  await expect(page.getByText('Proposé aux prescripteurs')).toBeVisible()
  return page.url()
}

const enrol = async (page: Page, atelierId: string, prescriptionId: string): Promise<string> => {
  const answer = await page.request.post(`/api/creneaux/${atelierId}/inscriptions`, {
    data: { prescriptionId },
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const { statut } = (await answer.json()) as { statut: string }
  return statut
}

const sign = async (page: Page) => {
  const box = await page.getByRole('img', { name: /^Cadre pour la signature/ }).boundingBox()
  if (!box) throw new Error('no box to sign in')
  const at = (part: number): [number, number] => [box.x + box.width * part, box.y + box.height * (0.5 + 0.3 * Math.sin(part * 20))]
  await page.mouse.move(...at(0.1))
  await page.mouse.down()
  for (let part = 0.1; part < 0.9; part += 0.05) await page.mouse.move(...at(part))
  await page.mouse.up()
}

test('a slot is offered and taken, the waiting list moves up, the person signs, the sheet is kept', async ({ as }) => {
  const mediateur = await as('structure.mediateur')
  const address = await offerSlot(mediateur)
  const atelierId = ATELIER.exec(address)?.[1] ?? ''

  const prescripteur = await as('prescripteur.agent')
  expect(await enrol(prescripteur, atelierId, PRESCRIPTION.k1)).toBe('inscrit')
  expect(await enrol(prescripteur, atelierId, PRESCRIPTION.k2)).toBe('liste_attente')
  await prescripteur.goto('/prescripteur/rendez-vous')
  const mine = prescripteur.getByRole('row').filter({ hasText: '10/03/2026 à 17 h' })
  await expect(mine.filter({ hasText: 'Liste d’attente' })).toHaveCount(1)
  await mine
    .filter({ hasText: 'Inscription prise' })
    .getByRole('button', { name: /^Annuler/ })
    .click()
  const dialog = prescripteur.getByRole('alertdialog')
  await expect(dialog).toContainText('première personne en attente')
  await dialog.getByRole('button', { name: 'Annuler le rendez-vous' }).click()
  await expect(prescripteur.getByRole('status').filter({ hasText: 'annulé.' })).toBeVisible()
  await expect(mine.filter({ hasText: 'Liste d’attente' })).toHaveCount(0)

  await test.step('present by keyboard, then a signature by hand', async () => {
    await mediateur.goto(address)
    await mediateur.setViewportSize(PHONE)
    const opener = mediateur.getByRole('button', { name: /^Faire signer/ })
    await expect(opener).toHaveCount(1)
    await opener.focus()
    await mediateur.keyboard.press('Enter')
    const box = mediateur.getByRole('dialog')
    await expect(box.getByRole('button', { name: 'Enregistrer la signature' })).toHaveAttribute('aria-disabled', 'true')
    await needAccessible(mediateur, 'the box to sign in')
    await box.getByRole('button', { name: 'Noter présent sans signature' }).focus()
    await mediateur.keyboard.press('Enter')
    await expect(mediateur.getByRole('radio', { name: 'Là', exact: true })).toBeChecked()
    await expect(opener).toBeFocused()
    await opener.click()
    await sign(mediateur)
    await box.getByRole('button', { name: 'Enregistrer la signature' }).click()
    await expect(mediateur.getByText(/a signé\.$/)).toBeVisible()
    await expect(mediateur.locator(':focus')).toContainText('a signé.')
    await expect(mediateur.getByRole('listitem').getByText('Signé', { exact: true })).toBeVisible()
  })

  await test.step('only a scan is taken, and only once', async () => {
    const input = mediateur.getByLabel('Déposer la feuille signée')
    const file = (text: string) => ({ name: 'feuille.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text) })
    await input.setInputFiles(file('MZ un programme'))
    await expect(mediateur.getByText('Ce fichier n’est ni un PDF', { exact: false })).toBeVisible()
    const scan = file(`%PDF-1.7\n${atelierId}\n%%EOF\n`)
    await input.setInputFiles(scan)
    await expect(mediateur.getByText('Feuille déposée.')).toBeVisible()
    await expect(mediateur.getByRole('link', { name: /feuille\.pdf/ })).toBeVisible()
    await input.setInputFiles(scan)
    await expect(mediateur.getByText('Cette feuille est déjà déposée.')).toBeVisible()
    await needAccessible(mediateur, 'an atelier with its sheet')
  })
})

test('an alert is filed with a decision and its reason, and not without', async ({ as }) => {
  const page = await as('operateur.gestionnaire')
  await page.goto('/operateur/alertes?statut=ouverte')
  await page
    .getByRole('button', { name: /^Décider/ })
    .first()
    .click()
  const dialog = page.getByRole('alertdialog')
  const act = dialog.getByRole('button', { name: 'Classer l’alerte' })
  await expect(act).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('radio', { name: /Explication reçue/ }).check()
  await expect(act).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel('Motif').fill('Remise saisie après coup, dit le prescripteur.')
  await needAccessible(page, 'the decision of an alert')
  await act.click()
  await expect(page.getByText('Alerte classée.')).toBeVisible()
  const { items } = (await (await page.request.get('/api/alertes')).json()) as { items: { id: string; decision: string | null }[] }
  expect(items.find(({ id }) => id === ALERTE.t1)?.decision).toBe('explication_recue')
})
