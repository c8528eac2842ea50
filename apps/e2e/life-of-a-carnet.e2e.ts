import type { Locator } from '@playwright/test'
import { euros } from '../../packages/domain/src/money.ts'
import { readPdf } from '../api/test/read-pdf.ts'
import { confirm, openSheet, prepareConvention, sign } from './life-convention.ts'
import { allocateByFile, blockAsStolen, packAndReadLabel, printedCodes, receiveByLabel } from './life-lot.ts'
import { expect, test } from './people.ts'

/** The whole life of a carnet, through the screens of eight people: what the product is for. It moves the clock: it runs last. */
test.describe.configure({ timeout: 300_000 })

const NOM = 'Parcours complet'

/** The last amount of a row, in centimes, as a person reads it. */
const centimesOf = async (row: Locator): Promise<number> => {
  const amounts = (await row.innerText()).match(/\d[\d\u00a0]*,\d\d/g) ?? []
  return Number((amounts.at(-1) ?? 'NaN').replace(/[\u00a0,]/g, ''))
}

test('from the convention to the dashboard, the figures and the ledger agree to the centime', async ({ as }) => {
  const collectivite = await as('collectivite.administrateur')
  const operateur = await as('operateur.gestionnaire')
  const preparateur = await as('operateur.finance_preparateur')

  await test.step('a convention is prepared, signed by everyone, opened', async () => {
    await prepareConvention(collectivite, NOM)
    const reference = (await collectivite.getByRole('heading', { level: 1 }).innerText()).replace('Convention ', '')
    await sign(collectivite, 'Département de la Creuse')
    const anct = await as('anct.pilote')
    await openSheet(anct, 'Conventions', new RegExp(reference))
    await sign(anct, 'État')
    await collectivite.reload()
    await confirm(collectivite, 'Ouvrir la convention', `Ouvrir la convention ${reference}`)
    await expect(collectivite.getByText('Convention ouverte.')).toBeVisible()
  })

  let commandeUrl = ''
  let reference = ''
  await test.step('2 carnets are ordered, quoted, signed; the maquette is validated', async () => {
    await collectivite.getByRole('link', { name: 'Commander des carnets' }).click()
    await collectivite.getByLabel('Nombre de carnets').fill('2')
    await collectivite.getByRole('button', { name: 'Demander le devis' }).click()
    await expect(collectivite.getByRole('heading', { level: 1 })).toContainText('Commande 2026-')
    reference = (await collectivite.getByRole('heading', { level: 1 }).innerText()).replace('Commande ', '')
    commandeUrl = new URL(collectivite.url()).pathname.replace('/collectivite', '')
    await openSheet(operateur, 'Commandes', new RegExp(reference))
    await operateur.getByRole('button', { name: 'Établir le devis' }).click()
    await expect(operateur.getByText('Devis établi.')).toBeVisible()
    await collectivite.reload()
    await collectivite.getByRole('button', { name: 'Signer le devis' }).click()
    await expect(collectivite.getByText('Devis signé.')).toBeVisible()
    await operateur.reload()
    await operateur.getByLabel('Texte de la couverture').fill('Renseignements au 05 55 00 00 00')
    await operateur.getByRole('button', { name: 'Proposer la maquette' }).click()
    await expect(operateur.getByText('Maquette proposée.')).toBeVisible()
    await collectivite.reload()
    await confirm(collectivite, 'Valider la maquette', 'Valider la maquette')
  })

  const commandeId = commandeUrl.split('/').pop() ?? ''
  await test.step('the carnets are produced, packed, shipped; the delivery is received by the label of its carton', async () => {
    await operateur.reload()
    await confirm(operateur, 'Lancer la production', 'Produire 2 carnets')
    await expect(operateur.getByText('sur 2 carnets produits')).toBeVisible()
    await expect(operateur.getByLabel('Nombre de cartons')).toBeVisible({ timeout: 30_000 })
    const label = await packAndReadLabel(operateur, commandeId)
    await expect(operateur.getByRole('button', { name: 'Expédier 2 carnets' })).not.toHaveAttribute('aria-disabled', 'true', {
      timeout: 30_000,
    })
    await operateur.getByRole('button', { name: 'Expédier 2 carnets' }).click()
    await expect(operateur.getByText('Carnets expédiés.')).toBeVisible()
    await collectivite.reload()
    await receiveByLabel(collectivite, label)
  })

  await test.step('nothing is activated before the mandate number and beyond the funds received', async () => {
    await operateur.reload()
    const activate = operateur.getByRole('button', { name: 'Activer 2 carnets', exact: true })
    await expect(activate).toHaveAttribute('aria-disabled', 'true')
    await collectivite.getByLabel('Numéro de mandat').fill('2026-000099')
    await collectivite.getByRole('button', { name: 'Enregistrer le numéro' }).click()
    await expect(collectivite.getByText('Numéro de mandat enregistré.')).toBeVisible()
    await preparateur.goto(`/operateur${commandeUrl}`)
    await preparateur.getByLabel('Montant reçu').fill('150')
    await preparateur.getByLabel('Référence du virement').fill('VIR-PARCOURS-1')
    await preparateur.getByRole('button', { name: 'Enregistrer les fonds' }).click()
    await operateur.reload()
    await expect(activate).toHaveAttribute('aria-disabled', 'true')
    await expect(operateur.getByText(/Il manque 50,00/)).toBeVisible()
    // the server says the same to whoever asks without the screen
    const refused = await operateur.request.post(`/api/commandes/${commandeId}/activations`, {
      data: { carnets: 2 },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect([refused.status(), (await refused.json()).code]).toEqual([409, 'couverture_insuffisante'])
    await preparateur.getByLabel('Montant reçu').fill('59,60')
    await preparateur.getByLabel('Référence du virement').fill('VIR-PARCOURS-2')
    await preparateur.getByRole('button', { name: 'Enregistrer les fonds' }).click()
    await expect(preparateur.getByText('Tout le montant de la commande est reçu.')).toBeVisible()
    await operateur.reload()
    await confirm(operateur, 'Activer 2 carnets', /Activer 2 carnets pour 200,00/)
    await expect(operateur.getByText('2 carnets activés.')).toBeVisible()
  })

  const { serie, codes } = await printedCodes(operateur, commandeId)

  const prescripteur = await as('prescripteur.agent')
  await test.step('a carnet is allocated by a file; its prescripteur hands it over, never before the acknowledgement', async () => {
    await allocateByFile(collectivite, serie)
    // refused before the acknowledgement, with the reason on the page
    await prescripteur.getByRole('link', { name: 'Remettre un carnet' }).first().click()
    await prescripteur.getByLabel('Numéro du carnet').fill(serie)
    await expect(prescripteur.getByText('Ce carnet est en route', { exact: false }).first()).toBeVisible()
    await prescripteur.getByRole('link', { name: 'Attributions', exact: true }).first().click()
    const row = prescripteur.getByRole('row', { name: new RegExp(serie) })
    await row.getByRole('button', { name: 'Confirmer la réception' }).click()
    await prescripteur
      .getByRole('alertdialog')
      .getByRole('checkbox', { name: /J’ai compté 1 carnet/ })
      .check()
    await prescripteur.getByRole('alertdialog').getByRole('button', { name: 'Confirmer 1 carnet reçu' }).click()
    await expect(prescripteur.getByText('1 carnet reçu.')).toBeVisible()
    await prescripteur.getByRole('link', { name: 'Remettre un carnet' }).first().click()
    await prescripteur.getByLabel('Numéro du carnet').fill(serie)
    await expect(prescripteur.getByText('peut être remis')).toBeVisible()
    for (const answer of [
      'Jamais ou presque',
      'Quelqu’un les fait à ma place',
      'Non',
      'Faire ses démarches en ligne',
      'Personnes en recherche d’emploi',
    ])
      await prescripteur.getByRole('radio', { name: answer, exact: true }).check()
    await prescripteur.getByLabel('Prénom').fill('Zoé')
    await prescripteur.getByLabel('Nom', { exact: true }).fill('Parcours')
    await prescripteur.getByLabel('Tranche d’âge').selectOption('40_59')
    await prescripteur.getByLabel('Situation').selectOption('sans_emploi')
    await prescripteur.getByRole('checkbox', { name: /La personne est d’accord/ }).check()
    await prescripteur.getByRole('button', { name: 'Remettre le carnet' }).click()
    await expect(prescripteur.getByRole('heading', { level: 1 })).toHaveText('Carnet remis')
  })

  const mediateur = await as('structure.mediateur')
  await test.step('a médiateur holds an atelier, verifies and uses two pass, undoes one', async () => {
    await mediateur.getByRole('link', { name: 'Nouvel atelier' }).first().click()
    await mediateur.getByRole('radio', { name: 'Aide aux démarches administratives' }).check()
    await mediateur.getByText('Modifier').click()
    await mediateur.getByLabel('Heure de début').fill('08:00')
    await mediateur.getByLabel('Durée').selectOption({ label: '3 h' })
    await mediateur.getByRole('button', { name: 'Créer l’atelier' }).click()
    await expect(mediateur.getByLabel('Code du pass')).toBeVisible()
    // a wrong character is caught before any call
    await mediateur.getByLabel('Code du pass').fill(`${(codes[0] ?? '').slice(0, -1)}${codes[0]?.endsWith('0') ? '1' : '0'}`)
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    await expect(mediateur.getByText('Un caractère est faux', { exact: false })).toBeVisible()
    for (const code of codes.slice(0, 2)) {
      await mediateur.getByLabel('Code du pass').fill(code)
      await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    }
    await mediateur.getByRole('button', { name: 'Utiliser 2 pass' }).click()
    await expect(mediateur.getByText(/2\spass\sutilisés\s:\s20,00/)).toBeVisible()
    // read again on a fresh page: the same place is told when
    await mediateur.reload()
    await mediateur.getByLabel('Code du pass').fill(codes[0] ?? '')
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    await expect(mediateur.getByText(/déjà\sutilisé\sle\s10\/03\/2026/)).toBeVisible()
    await mediateur
      .getByRole('button', { name: /^Annuler/ })
      .filter({ hasNotText: 'atelier' })
      .first()
      .click()
    await mediateur.getByRole('alertdialog').getByLabel('Motif').fill('Un pass de trop')
    await mediateur
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Annuler/ })
      .click()
    await expect(mediateur.getByRole('alertdialog')).toBeHidden()
  })

  await test.step('the carnet is stolen: blocked while a médiateur holds one of its pass, it is worth nothing at the next call', async () => {
    const stolen = codes[2] ?? ''
    await mediateur.getByLabel('Code du pass').fill(stolen)
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    const line = mediateur.getByRole('list', { name: 'Pass lus' }).getByRole('listitem').filter({ hasText: stolen })
    await expect(line).toContainText('Valable')
    await blockAsStolen(collectivite, serie)
    const call = mediateur.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/utilisations'))
    await mediateur.getByRole('button', { name: 'Utiliser 1 pass' }).click()
    const answer = await call
    expect([answer.status(), (await answer.json()).code]).toEqual([409, 'carnet_bloque'])
    await expect(line).toContainText('Carnet déclaré perdu ou volé.')
    await expect(line).toContainText('Ne pas accepter ce pass.')
    // what is read afresh is refused as well, before anybody presses anything
    await mediateur.reload()
    await mediateur.getByLabel('Code du pass').fill(codes[3] ?? '')
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    await expect(mediateur.getByText('Carnet déclaré perdu ou volé.')).toBeVisible()
  })

  await test.step('the month is closed, checked, approved and released by three people, then paid', async () => {
    await preparateur.goto('/operateur/')
    await preparateur.getByRole('button', { name: /30 jours/ }).click()
    await expect(preparateur.getByText('9 avril 2026')).toBeVisible()
    await preparateur.goto('/operateur/remboursements?periode=2026-03')
    await confirm(preparateur, 'Arrêter la période', /^Arrêter \d+ bordereau/)
    await preparateur.goto('/operateur/bordereaux?mois=2026-03')
    await preparateur
      .getByRole('row', { name: /Tiers-lieu Le Chai/ })
      .getByRole('link')
      .first()
      .click()
    await expect(preparateur.getByRole('heading', { level: 1 })).toContainText('Bordereau B26-')
    const address = preparateur.url()
    await confirm(preparateur, 'Contrôler', /^Contrôler/)
    const approbateur = await as('operateur.finance_approbateur')
    await approbateur.goto(address)
    // the one who prepared and the one who releases may not approve
    await expect(preparateur.getByRole('button', { name: 'Approuver', exact: true })).toHaveAttribute('aria-disabled', 'true')
    await confirm(approbateur, 'Approuver', /^Approuver/)
    const emetteur = await as('operateur.finance_emetteur')
    await emetteur.goto(address)
    await confirm(emetteur, 'Transmettre à la banque', /^Transmettre/)
    await expect(emetteur.getByText('Virement transmis.')).toBeVisible()
    const id = address.split('/').pop() ?? ''
    const sepa = await emetteur.request.get(`/api/bordereaux/${id}/virement.xml`)
    expect(await sepa.text()).toContain('pain.001.001.09')
    const releve = await emetteur.request.get(`/api/bordereaux/${id}/releve.pdf`)
    expect((await readPdf(await releve.body()))[0]?.text).toContain('Tiers-lieu Le Chai')
    await emetteur.getByRole('button', { name: 'Constater le paiement' }).click()
    await expect(emetteur.getByText('Paiement constaté.')).toBeVisible()
  })

  await test.step('the dashboard and the ledger say the same', async () => {
    await collectivite.goto('/collectivite/tableau-de-bord')
    const allUsed = await centimesOf(collectivite.getByRole('row', { name: /^Utilisés/ }))
    await collectivite.getByLabel('Convention').selectOption({ label: NOM })
    await expect(collectivite.getByRole('row', { name: /^Actives|^Activés/ })).toContainText('200,00')
    const used = await centimesOf(collectivite.getByRole('row', { name: /^Utilisés/ }))
    const paid = await centimesOf(collectivite.getByRole('row', { name: /^Remboursés/ }))
    await collectivite.goto('/collectivite/grand-livre')
    await collectivite.getByLabel('Convention').selectOption({ label: NOM })
    const ledgerPaid = await centimesOf(collectivite.getByRole('row', { name: /^Payé aux structures/ }))
    const circulating = await centimesOf(collectivite.getByRole('row', { name: /^Pass en circulation/ }))
    expect({ used, paid, ledgerPaid, circulating }).toEqual({ used: 1000, paid: 1000, ledgerPaid: 1000, circulating: 19_000 })
    // and the ANCT reads the same for the whole collectivité
    const anct = await as('anct.pilote')
    await anct.goto('/anct/territoires')
    const row = anct.getByRole('row', { name: /^Département de la Creuse/ })
    await expect(row).toContainText(euros(allUsed))
  })
})
