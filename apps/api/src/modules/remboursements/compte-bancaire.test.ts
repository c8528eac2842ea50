import { maskIban } from '@pass/domain/iban.ts'
import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, COMPTE_BANCAIRE, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
afterAll(async () => {
  await world.close()
  await mailbox.close()
})

const structure = world.as('structure.responsable')
const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const IBAN = 'FR76 3000 6000 0112 3456 7890 189'
const MASQUE = maskIban(IBAN)
const COMPTE = { titulaire: 'Tiers-lieu Le Chai', iban: IBAN, bic: null, contact: 'nouveau@exemple.fr' }
type Answer = Awaited<ReturnType<typeof structure.get>>
const said = async (call: Promise<Answer>) => {
  const response = await call
  return [response.statusCode, response.json().code ?? response.json().statut]
}
const propose = async (body: object = COMPTE): Promise<string> => (await structure.post('/comptes-bancaires', body)).json().id
const actsOn = (id: string) => ({
  check: (verification: string, who = F1) => said(who.post(`/comptes-bancaires/${id}/verification`, { verification })),
  accept: (who = F2) => said(who.post(`/comptes-bancaires/${id}/acceptation`)),
  refuse: (motif = 'Relevé illisible.') => said(F1.post(`/comptes-bancaires/${id}/refus`, { motif })),
})
const after = (hours: number) => world.setClock(new Date(Date.parse('2026-03-10T08:00:00Z') + hours * 3_600_000).toISOString())

let first: string

test('an IBAN with a wrong key is refused on its field; nothing is kept', async () => {
  const response = await structure.post('/comptes-bancaires', { ...COMPTE, iban: 'FR76 3000 6000 0112 3456 7890 188' })
  expect([response.statusCode, response.json().code, response.json().erreurs[0].chemin]).toEqual([400, 'iban_invalide', 'iban'])
  expect((await structure.get('/comptes-bancaires')).json().total).toBe(1)
})

test('asking for another account needs a fresh proof, and is the responsable’s alone', async () => {
  const stale = world.asWith('structure.responsable', { preuve: false })
  expect(await said(stale.post('/comptes-bancaires', COMPTE))).toEqual([403, 'preuve_requise'])
  expect((await world.as('structure.mediateur').post('/comptes-bancaires', COMPTE)).statusCode).toBe(403)
  expect((await F1.post('/comptes-bancaires', COMPTE)).statusCode).toBe(403)
})

test('the responsable proposes: masked for everyone, the contacts of both accounts and the responsables are mailed at once', async () => {
  await world.sql.query(`update compte_bancaire set contact = 'ancien@exemple.fr' where id = $1`, [COMPTE_BANCAIRE.s1])
  const response = await structure.post('/comptes-bancaires', COMPTE)
  expect(response.statusCode).toBe(201)
  const compte = response.json()
  first = compte.id
  expect(compte).toMatchObject({ statut: 'propose', ibanMasque: MASQUE, acceptableAt: '2026-03-13T08:00:00.000Z', examen: null })
  expect(response.body).not.toContain('30006000')
  await world.runJobs()
  const mails = await mailbox.all()
  const told = mails.filter(({ modele }) => modele === 'compte_bancaire')
  expect(told.map(({ a }) => a).toSorted()).toEqual(['ancien@exemple.fr', 'nouveau@exemple.fr'])
  for (const { texte } of told) {
    expect(texte).toContain(MASQUE)
    expect(texte.replaceAll('\u00a0', ' ')).toContain('avant le vendredi 13 mars 2026')
    expect(texte).not.toContain('30006000')
  }
  const { rows } = await world.sql.query(`select courriel from utilisateur where id = $1`, [PEOPLE['structure.responsable'].utilisateurId])
  expect(mails.some(({ a, modele }) => a === rows[0].courriel && modele === 'notification')).toBe(true)
})

test('one request at a time, even two at the same instant', async () => {
  expect(await said(structure.post('/comptes-bancaires', COMPTE))).toEqual([409, 'iban_en_verification'])
  await actsOn(first).refuse()
  const both = await Promise.all([1, 2].map(() => structure.post('/comptes-bancaires', COMPTE)))
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  first = both.find(({ statusCode }) => statusCode === 201)!.json().id
})

test('only the operator that follows the structure sees the request, checks it and reads the whole IBAN, which is journaled', async () => {
  const queue = (await F1.get('/comptes-bancaires?statut=propose')).json()
  expect(queue.items).toHaveLength(1)
  expect(queue.items[0]).toMatchObject({
    id: first,
    structure: { id: ORG.s1 },
    examen: { verification: null, remplace: expect.stringContaining('••••') },
  })
  const other = world.as('autre:operateur.finance_preparateur')
  expect((await other.get(`/comptes-bancaires/${first}`)).statusCode).toBe(404)
  expect((await other.get('/comptes-bancaires?statut=propose')).json().items).toEqual([])
  expect((await F1.get(`/comptes-bancaires/${first}/iban`)).json()).toEqual({ iban: 'FR7630006000011234567890189' })
  const { rows } = await world.sql.query(
    `select count(*)::int n from audit_event where action = 'readIban' and objet ->> 'compteId' = $1`,
    [first],
  )
  expect(rows[0].n).toBe(1)
  expect((await structure.get(`/comptes-bancaires/${first}/iban`)).statusCode).toBe(403)
})

test('the first page of each finance person says what waits for them', async () => {
  const waits = async (who: typeof F1) =>
    (await who.get('/accueil'))
      .json()
      .aFaire.flatMap(({ code, nombre }: { code: string; nombre: number }) => (code.startsWith('comptes_') ? [[code, nombre]] : []))
  expect(await waits(F1)).toEqual([['comptes_a_verifier', 1]])
  expect(await waits(world.as('operateur.finance_emetteur'))).toEqual([])
  expect(await waits(world.as('autre:operateur.finance_preparateur'))).toEqual([])
})

test('nobody accepts before a check, nor when the bank names somebody else; the checker is not the one who accepts', async () => {
  after(100)
  const { check, accept } = actsOn(first)
  expect(await accept()).toEqual([409, 'compte_non_verifie'])
  expect(await check('differente')).toEqual([200, 'propose'])
  expect(await accept()).toEqual([409, 'compte_non_verifie'])
  expect(await check('conforme', F2)).toEqual([200, 'propose'])
  expect(await accept()).toEqual([409, 'meme_personne'])
  expect(await check('conforme')).toEqual([200, 'propose'])
  expect((await F1.post(`/comptes-bancaires/${first}/acceptation`)).statusCode).toBe(403)
})

test('72 hours after the request, not a minute before, the refusal says when', async () => {
  after(71.99)
  const early = await F2.post(`/comptes-bancaires/${first}/acceptation`)
  expect([early.statusCode, early.json().code]).toEqual([409, 'iban_en_verification'])
  expect(early.json().message.replaceAll('\u00a0', ' ')).toContain('13/03/2026 à 9 h')
  // and the database refuses it by itself
  await expect(
    world.sql.query(
      `update compte_bancaire set statut = 'accepte', accepte_at = created_at + interval '71 hours', accepte_par = $2 where id = $1`,
      [first, PEOPLE['operateur.finance_approbateur'].utilisateurId],
    ),
  ).rejects.toThrow('compte_bancaire_delai')
})

test('the account is frozen while a bordereau is open on it, by the rule and by the database', async () => {
  after(72)
  expect(await actsOn(first).accept()).toEqual([409, 'compte_gele'])
  await expect(
    world.sql.query(`update compte_bancaire set statut = 'remplace', fin_at = '2026-03-13' where id = $1`, [COMPTE_BANCAIRE.s1]),
  ).rejects.toThrow('a bordereau is open')
})

/** The February bordereau to its end: nothing is left to pay on the present account. */
const payFebruary = async () => {
  const act = (who: typeof F1, what: string, body?: unknown) => who.post(`/bordereaux/${BORDEREAU.fevrier}/${what}`, body)
  const F3 = world.as('operateur.finance_emetteur')
  const steps = [
    await act(F1, 'controle'),
    await act(F2, 'approbation'),
    await act(F3, 'transmission'),
    await act(F3, 'paiement', { dateBanque: '2026-03-13' }),
  ]
  expect(steps.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
}

test('two acceptances at once: one account, and the former one ends as this one begins', async () => {
  await payFebruary()
  const both = await Promise.all([actsOn(first).accept(), actsOn(first).accept()])
  expect(both.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
    [200, 'accepte'],
    [409, 'compte_bancaire_statut'],
  ])
  const { rows } = await world.sql.query(
    `select id, statut, accepte_at, fin_at from compte_bancaire where organisation_id = $1 and accepte_at is not null order by accepte_at`,
    [ORG.s1],
  )
  expect(rows.map(({ id, statut }) => [id, statut])).toEqual([
    [COMPTE_BANCAIRE.s1, 'remplace'],
    [first, 'accepte'],
  ])
  expect(rows[0].fin_at).toEqual(rows[1].accepte_at)
  await world.runJobs()
  expect((await mailbox.last('ancien@exemple.fr', 'compte_bancaire')).texte).toContain(`partent vers le compte ${MASQUE}`)
})

test('two accounts never overlap in time, whatever writes them', async () => {
  const insert = (accepte: string, fin: string) =>
    world.sql.query(
      `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut, accepte_at, fin_at)
        values ($1, uuidv7(), 'FR1420041010050500013M02606', 'FR14 •••• •••• 2606', 'Le Chai', 'remplace', $2, $3)`,
      [ORG.s1, accepte, fin],
    )
  await expect(insert('2026-01-01', '2026-02-01')).rejects.toThrow('compte_bancaire_histoire')
  // before the first one began: history may have a hole, never two at once
  await insert('2024-01-01', '2025-01-01')
})

test('a bordereau is not made on an account that was replaced meanwhile: the closing is tried again', async () => {
  const copy = world.sql.query(
    `insert into bordereau (organisation_id, id, operateur_id, reference, mois, pass, montant_centimes, compte_id, arrete_par, arrete_at)
      select organisation_id, uuidv7(), operateur_id, 'B26-7777', '2026-01', 1, 1000, compte_id, arrete_par, arrete_at from bordereau where id = $1`,
    [BORDEREAU.fevrier],
  )
  await expect(copy).rejects.toMatchObject({ code: '40001' })
})

test('a refused account says why to the structure, and leaves the present one as it is', async () => {
  const id = await propose({ ...COMPTE, titulaire: 'Quelqu’un d’autre' })
  expect(await actsOn(id).refuse('Le titulaire n’est pas la structure.')).toEqual([200, 'refuse'])
  expect(await actsOn(id).accept()).toEqual([409, 'compte_bancaire_statut'])
  const page = (await structure.get('/comptes-bancaires')).json()
  expect(page.items.find((one: { id: string }) => one.id === id)).toMatchObject({
    statut: 'refuse',
    motifRefus: 'Le titulaire n’est pas la structure.',
  })
  expect(page.items.filter(({ statut }: { statut: string }) => statut === 'accepte')).toHaveLength(1)
})

test('refused by the bank, the present account freezes nothing: what is open waits for the next one, and leaves on it', async () => {
  const open = '0192d1c0-0000-7000-8000-b00000000001'
  await world.sql.query(
    `insert into bordereau (organisation_id, id, operateur_id, reference, mois, pass, montant_centimes, compte_id, arrete_par, arrete_at)
      select organisation_id, $1, operateur_id, 'B26-8888', '2026-01', 1, 1000, $2, arrete_par, arrete_at from bordereau where id = $3`,
    [open, first, BORDEREAU.fevrier],
  )
  const id = await propose({ ...COMPTE, iban: 'FR14 2004 1010 0505 0001 3M02 606' })
  expect(await actsOn(id).check('conforme')).toEqual([200, 'propose'])
  after(200)
  expect((await F2.get(`/comptes-bancaires/${id}`)).json().bordereauxOuverts).toBe(1)
  expect(await actsOn(id).accept()).toEqual([409, 'compte_gele'])
  // another transfer came back: what a return does to its account
  await world.sql.query(
    `update compte_bancaire set statut = 'refuse', fin_at = '2026-03-18', refuse_at = '2026-03-18', motif_refus = 'Virement rejeté par la banque.' where id = $1`,
    [first],
  )
  expect((await F2.get(`/comptes-bancaires/${id}`)).json().bordereauxOuverts).toBe(0)
  expect(await actsOn(id).accept()).toEqual([200, 'accepte'])
  const F3 = world.as('operateur.finance_emetteur')
  expect((await F1.post(`/bordereaux/${open}/controle`)).statusCode).toBe(200)
  expect((await F2.post(`/bordereaux/${open}/approbation`)).statusCode).toBe(200)
  expect((await F3.get(`/bordereaux/${open}`)).json().statut).toBe('approuve')
})
