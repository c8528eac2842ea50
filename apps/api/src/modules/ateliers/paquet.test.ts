import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Paquet } from '@pass/contracts/guichet.ts'
import { decodePayload } from '@pass/domain/qr.ts'
import base45 from 'base45'
import { afterAll, expect, test } from 'vitest'
import { APPAREIL, BENEFICIAIRE, CARNET, CONVENTION, LIEU, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { declare, qrOf } from '../../../test/differes.ts'
import { createWorld } from '../../../test/world.ts'
import { readQr, signQr } from '../../platform/codes.ts'
import { loadSecrets } from '../../platform/secrets.ts'

const world = await createWorld()
afterAll(() => world.close())
const marie = world.as('structure.mediateur')
const paquetOf = async (who: Parameters<typeof world.as>[0] = 'structure.mediateur'): Promise<Paquet> =>
  Paquet.parse((await world.as(who).get('/guichet/paquet')).json())
const idOf = async (publicId: string) =>
  Number((await world.sql.query('select id from carnet where public_id = $1', [publicId])).rows[0].id)
const covers = ({ bloques }: Paquet, id: number) => bloques.some(({ de, a }) => de <= id && id <= a)

test('the public key checks a printed QR as a browser does; the private one is not in it', async () => {
  const paquet = await paquetOf()
  expect(paquet.limites).toEqual({ heures: 72, actes: 40 })
  expect(paquet.cles).toEqual([{ id: 1, publique: expect.stringMatching(/^[\w-]{43}$/), du: '2026-01-01', au: null }])
  const key = await webcrypto.subtle.importKey('raw', Buffer.from(paquet.cles[0]!.publique, 'base64url'), 'Ed25519', false, ['verify'])
  const { signed, signature } = decodePayload(new Uint8Array(base45.decode(qrOf(world, (await handOut(world, 1))[0]!))))!
  expect(await webcrypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(signed))).toBe(true)
  expect(await webcrypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(signed.with(25, 7)))).toBe(false)
})

test('a change of key: the new one signs, both check, and the counter takes both with their days', () => {
  const dir = mkdtempSync(join(tmpdir(), 'qr-'))
  const before = loadSecrets(dir, true)
  const payload = { collectiviteId: ORG.t1, passId: 1230n, code: '0123456789AK', dateFin: '2026-06-30' }
  const printed = signQr(before, payload)
  const pem = (rank: number, day: string) =>
    writeFileSync(
      join(dir, `qr-signing-${rank}-${day}.pem`),
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    )
  pem(2, '2026-09-01')
  pem(10, '2027-02-01')
  const after = loadSecrets(dir, false)
  expect([...after.qrKeys.values()].map(({ id, du, au }) => [id, du, au])).toEqual([
    [1, '2026-01-01', '2026-09-01'],
    [2, '2026-09-01', '2027-02-01'],
    [10, '2027-02-01', null],
  ])
  expect(readQr(after, printed)).toMatchObject({ keyId: 1, passId: 1230n })
  expect(readQr(after, signQr(after, payload))).toMatchObject({ keyId: 10 })
  expect(readQr(before, signQr(after, payload))).toBeNull()
})

test('carnets that nobody accepts are ranges of ids: lost, cancelled; one blocked now is in it, unblocked it is out', async () => {
  const stock = await handOut(world, 3)
  const ids = stock.map(({ id }) => Number(id))
  const before = await paquetOf()
  expect(before.bloques.length).toBeGreaterThan(0)
  expect(ids.filter((id) => covers(before, id))).toEqual([])
  await world.sql.query(`update carnet set statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'vole' where id = any ($1)`, [
    ids.slice(0, 2),
  ])
  const after = await paquetOf()
  expect(ids.map((id) => covers(after, id))).toEqual([true, true, false])
  expect(covers(after, await idOf(CARNET.k1))).toBe(false)
  // expired anyway: not worth the room
  await world.sql.query(`update carnet set date_fin = '2025-01-31' where id = any ($1)`, [ids])
  const later = await paquetOf()
  expect(ids.filter((id) => covers(later, id))).toEqual([])
  await world.sql.query(
    `update carnet set statut = 'remis', statut_avant_blocage = null, motif_blocage = null, date_fin = '2026-06-30' where id = any ($1)`,
    [ids],
  )
  expect((await paquetOf()).bloques).toEqual(before.bloques)
})

test('terms of the conventions that admit a lieu of the structure: all of them, some of its places, or not at all', async () => {
  const ofT1 = async (who?: Parameters<typeof world.as>[0]) =>
    (await paquetOf(who)).conventions.filter(({ collectiviteId }) => collectiviteId === ORG.t1)
  expect(await ofT1()).toEqual([
    {
      collectiviteId: ORG.t1,
      collectivite: expect.any(String),
      toleranceJours: 30,
      passParAtelier: 1,
      passParAtelierLong: 2,
      passParDemiJournee: 2,
      lieux: null,
    },
  ])
  const set = (columns: string) => world.sql.query(`update convention set ${columns} where id = $1`, [CONVENTION.cv1])
  await set(`territoire = '{D23}'`)
  expect((await ofT1()).map(({ lieux }) => lieux)).toEqual([[LIEU.l1]])
  expect(await ofT1('s4:structure.mediateur')).toEqual([])
  await set(`territoire = '{}', lieux_admis = 'liste'`)
  expect(await ofT1()).toEqual([])
  await world.sql.query('insert into convention_lieu values ($1, $2, $3)', [ORG.t1, CONVENTION.cv1, LIEU.l1])
  expect((await ofT1()).map(({ lieux }) => lieux)).toEqual([[LIEU.l1]])
  await set(`lieux_admis = 'tous', statut = 'signee'`)
  expect(await ofT1()).toEqual([])
  await set(`statut = 'active'`)
})

test('ateliers of today and of the two next days, by the day of the place, with a first name and an initial and nothing more', async () => {
  const ids: string[] = []
  for (const date of ['2026-03-10', '2026-03-12', '2026-03-13', '2026-03-09']) ids.push(await openAtelier(world, { date, debut: '15:00' }))
  const cancelled = await openAtelier(world, { statut: 'annule' })
  const present = async (personne: string, statut: string) =>
    world.sql.query(
      `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut) select $1, $2, collectivite_id, id, $3, $4 from carnet where public_id = $5`,
      [ORG.s1, ids[0], personne, statut, CARNET.k1],
    )
  await present(BENEFICIAIRE.b1, 'inscrit')
  await present(randomUUID(), 'absent')
  const { ateliers } = await paquetOf()
  const mine = ateliers.filter(({ id }) => [...ids, cancelled].includes(id))
  expect(mine.map(({ date }) => date)).toEqual(['2026-03-10', '2026-03-12'])
  expect(mine[0]).toMatchObject({
    lieu: { id: LIEU.l1, nom: 'Le Chai', fuseau: 'Europe/Paris' },
    debut: '15:00',
    participants: [{ nom: 'Basile I.' }],
  })
  expect(JSON.stringify(await paquetOf())).not.toMatch(/Inventé|commune|contact|@/)
  expect((await paquetOf('s2:structure.mediateur')).ateliers.map(({ id }) => id)).not.toContain(ids[0])
  // in Cayenne it is still the day before at three in the morning of Paris
  await world.sql.query(`update lieu set fuseau = 'America/Cayenne' where id = $1`, [LIEU.l1])
  world.setClock('2026-03-11T03:00:00+01:00')
  expect((await paquetOf()).ateliers.map(({ id }) => id)).toContain(ids[0])
  await world.sql.query(`update lieu set fuseau = 'Europe/Paris' where id = $1`, [LIEU.l1])
  expect((await paquetOf()).ateliers.map(({ id }) => id)).not.toContain(ids[0])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('devices: declared, renamed and seen by colleagues of the same structure; nobody else reads them', async () => {
  const id = await declare(marie, 'Chrome, Android')
  world.setClock('2026-03-10T11:00:00+01:00')
  await declare(world.as('structure.responsable'), 'Téléphone du guichet', id)
  const { items } = (await marie.get('/guichet/appareils')).json()
  expect(items.map((one: { id: string }) => one.id)).toEqual([id, APPAREIL.t1])
  expect(items[0]).toEqual({
    id,
    nom: 'Téléphone du guichet',
    creeAt: '2026-03-10T08:00:00.000Z',
    vuAt: '2026-03-10T10:00:00.000Z',
    revoqueAt: null,
    par: 'Marie Fictive',
  })
  expect((await world.as('s2:structure.mediateur').get('/guichet/appareils')).json().items).toEqual([])
  expect((await marie.put(`/guichet/appareils/${id}`, { nom: ' ' })).statusCode).toBe(400)
  world.setClock('2026-03-10T09:00:00+01:00')
})
